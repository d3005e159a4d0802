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

// True when a part has been drawn from the very same data already.
function drawn(root, data) {
  const made = JSON.stringify(data);
  const same = root.made === made;
  root.made = made;
  return same;
}

// Puts new nodes in the place of the old. The focus stays on the control that had it, known by its words, or goes to
// the one that stands there now.
function refill(node, ...children) {
  const controls = () => [...node.querySelectorAll("button, input")];
  const named = (control) => control && (control.getAttribute("aria-label") ?? control.textContent);
  const before = controls();
  const at = before.indexOf(node.getRootNode().activeElement);
  const name = named(before[at]);
  node.replaceChildren(...children);
  if (at < 0) return;
  const after = controls();
  const same = named(after[at]) === name ? after[at] : after.find((control) => named(control) === name);
  (same ?? after[Math.min(at, after.length - 1)])?.focus({ preventScroll: true });
}

// Gives the focus to a node, unless somebody is typing a question.
function focusOn(node) {
  if (!document.activeElement?.matches("textarea, input")) node?.focus({ preventScroll: true });
}

// The node that has the focus, also within another part of the page.
function focused() {
  let node = document.activeElement;
  while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
  return node;
}
