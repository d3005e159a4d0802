// What is asked: the first page with its examples, a question as a headline, and how it was understood.

const WORD = /[\p{L}\p{N}]+/gu;

function welcome(page, { title, text, examples, sample }) {
  const list = el("ul", "");
  for (const question of examples) list.append(el("li", "", asking(page, "", question, question)));
  const row = el("div", "row");
  if (sample) row.append(button("pill strong", "Load the sample briefing", () => page.send("sample", true)));
  row.append(button("pill", sample ? "Add your own" : "Browse the briefings", () => page.send("browse", true)));
  const paragraphs = text.map((words) => el("p", "", words));
  return el("section", "welcome", el("h2", "", title), ...paragraphs, examples.length ? list : null, row);
}

// A button that asks once, however often it is clicked at a time.
function asking(page, className, words, question) {
  return button(className, words, (event) => event.detail < 2 && page.send("ask", question));
}

function heading(page, one) {
  const node = el("h2", "question", one.question);
  const under = el("div", "under");
  for (const limit of one.limits ?? []) under.append(el("span", "limit", limit));
  if (one.understood) under.append(understood(page, one.understood, one.question));
  return under.children.length ? [node, under] : [node];
}

// How a question was understood, where not as typed; "Edit" puts it into a field, from which it is asked anew.
function understood(page, question, typed) {
  const edit = button("link", "Edit", () => change(), "Edit the question as it was understood");
  const shown = el("span", "understood", "Understood as: ", ...marked(question, typed), " ", edit);
  const field = el("input", "");
  field.type = "text";
  field.maxLength = 4000;
  field.setAttribute("aria-label", "The question as understood");
  const send = el("button", "pill", "Ask this");
  const form = el("form", "edit", field, send, button("link", "Cancel", () => back()));
  const change = () => {
    field.value = question;
    shown.replaceWith(form);
    field.focus();
  };
  const back = () => {
    form.replaceWith(shown);
    edit.focus();
  };
  form.addEventListener("keydown", (event) => event.key === "Escape" && back());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = field.value.trim();
    back();
    if (words) page.send("ask", words);
  });
  return shown;
}

// A question with the words set off that were not typed.
function marked(question, typed) {
  const known = new Set(typed.toLowerCase().match(WORD));
  return question.split(/([\p{L}\p{N}]+)/u).map((part, i) => {
    return i % 2 && !known.has(part.toLowerCase()) ? el("b", "", part) : part;
  });
}
