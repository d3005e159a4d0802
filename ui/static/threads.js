// The saved conversations: open, rename in place, delete after a second thought.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = rootOf(parentElement);
  const page = (root.page ??= { root, editing: null, doubtful: null });
  page.send = setTriggerValue;
  if (drawn(root, data)) return;
  page.data = data;
  const kept = !data.masthead && data.conversations.some((one) => one.conversation_id === page.editing);
  if (kept && root.querySelector("input")) return; // a name is being typed
  draw(page);
}

function draw(page) {
  const { data, root } = page;
  if (data.masthead) {
    const fresh = button("", "New conversation", () => {
      go(page, "fresh", true);
      if (innerWidth >= 768) document.querySelector('[data-testid="stChatInputTextArea"]')?.focus();
    });
    const browse = button("", "All briefings", () => go(page, "browse", true));
    browse.append(el("span", "quiet", data.briefings.toLocaleString("en")));
    refill(root, el("div", "masthead", "Briefings"), el("div", "nav", fresh, browse));
    return;
  }
  const lines = data.conversations.map((one) => line(page, one));
  if (!lines.length) lines.push(el("li", "none quiet", data.none));
  if (data.more) lines.push(el("li", "none quiet", data.more));
  const list = el("ul", "list", ...lines);
  list.setAttribute("aria-label", "Saved conversations");
  refill(root, list);
}

function go(page, name, value) {
  page.send(name, value);
  // On a phone the list covers the page: what was chosen must come into view.
  if (innerWidth < 768) document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

function line(page, one) {
  const id = one.conversation_id;
  if (page.editing === id) return el("li", "line", editor(page, one));
  if (page.doubtful === id) {
    const sure = button("pill danger", "Delete", () => change(page, "doubtful", null, "remove", id));
    const keep = button("pill keep", "Keep", () => change(page, "doubtful", null));
    return el("li", "line", el("div", "sure", "Delete it?", sure, keep));
  }
  const name = button("name", one.name, () => go(page, "open", id));
  name.title = one.name;
  const rename = button("tool", "Rename", () => change(page, "editing", id), `Rename ${one.name}`);
  const remove = button("tool", "Delete", () => change(page, "doubtful", id), `Delete ${one.name}`);
  const node = el("li", one.here ? "line here" : "line", name, el("span", "tools", rename, remove));
  if (one.here) name.setAttribute("aria-current", "true");
  return node;
}

function change(page, field, value, trigger, sent) {
  page[field] = value;
  draw(page);
  const next = value && page.root.querySelector(field === "editing" ? "input" : ".keep");
  next?.focus();
  next?.select?.();
  if (trigger) page.send(trigger, sent);
}

function editor(page, one) {
  const input = el("input", "");
  input.value = one.name;
  input.maxLength = 80;
  input.setAttribute("aria-label", "Name of the conversation");
  const done = (keep) => {
    if (page.editing !== one.conversation_id) return;
    const name = input.value.trim();
    const changed = keep && name && name !== one.name;
    if (changed) one.name = name;
    change(page, "editing", null, changed ? "rename" : null, { conversation_id: one.conversation_id, name });
  };
  input.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter") done(true);
    if (event.key === "Escape") done(false);
  });
  input.addEventListener("blur", () => done(true));
  return input;
}
