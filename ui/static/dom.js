// What every part of the page is built with. Words from briefings, questions and answers enter the page
// through textContent alone, so that they are never read as markup.

function el(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  for (const child of children) if (child !== null && child !== undefined) node.append(child);
  return node;
}

function button(className, words, action, label) {
  const node = el("button", className, words);
  node.type = "button";
  if (label) {
    node.setAttribute("aria-label", label);
    node.title = label;
  }
  node.addEventListener("click", action);
  return node;
}

function rootOf(parentElement) {
  return parentElement.querySelector(".root");
}
