// The briefings in the library: tick to limit the next question, read in full, remove after a second thought.

const MOST = 200; // lines drawn at once; typing narrows the rest

export default function ({ data, parentElement, setTriggerValue }) {
  const root = rootOf(parentElement);
  const page = (root.page ??= newPage(root));
  page.send = setTriggerValue;
  page.data = data;
  page.title.textContent = data.briefings.length ? `Briefings (${data.briefings.length})` : "Briefings";
  page.filter.hidden = data.briefings.length < 8;
  page.days.hidden = !data.dated;
  for (const edge of ["since", "until"]) if (page[edge].value !== data[edge]) page[edge].value = data[edge];
  draw(page);
}

function newPage(root) {
  const title = el("h2", "");
  const filter = el("input", "filter");
  filter.type = "search";
  filter.placeholder = "Find by title, source or date";
  filter.setAttribute("aria-label", filter.placeholder);
  const list = el("ul", "");
  const page = { title, filter, list, doubtful: null };
  page.days = el("div", "days quiet", dayField(page, "since", "Only from"), dayField(page, "until", "up to"));
  const shut = button("shut", "✕", () => page.send("close", true), "Close");
  root.replaceChildren(el("div", "bar", title, shut), filter, page.days, list);
  root.onkeydown = (event) => event.key === "Escape" && page.send("close", true);
  filter.addEventListener("input", () => draw(page));
  return page;
}

function dayField(page, edge, words) {
  const input = el("input", "");
  input.type = "date";
  input.addEventListener("change", () => page.send("day", { edge, day: input.value }));
  page[edge] = input;
  return el("label", "", `${words} `, input);
}

function draw(page) {
  const words = page.filter.hidden ? [] : page.filter.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (one) => words.every((word) => `${one.title} ${one.meta}`.toLowerCase().includes(word));
  const found = page.data.briefings.filter(fits);
  const lines = found.slice(0, MOST).map((one) => line(page, one));
  if (!page.data.briefings.length) lines.push(el("li", "end quiet", "There are no briefings yet. Add some below."));
  else if (!found.length) lines.push(el("li", "end quiet", "No briefing fits these words."));
  if (found.length > MOST) lines.push(el("li", "end quiet", `And ${found.length - MOST} more: type to narrow.`));
  page.list.replaceChildren(...lines);
}

function line(page, one) {
  const tick = el("input", "");
  tick.type = "checkbox";
  tick.checked = page.data.chosen.includes(one.briefing_id);
  tick.setAttribute("aria-label", `Ask only: ${one.title}`);
  tick.title = "Limit the next question to this briefing";
  tick.addEventListener("change", () => page.send("choose", { briefing_id: one.briefing_id, on: tick.checked }));
  const read = button("read", el("span", "title", one.title), () => page.send("read", one.briefing_id));
  read.append(el("span", "quiet", one.meta));
  const remove = button("remove", "Remove", () => ask(page, one.briefing_id), `Remove ${one.title}`);
  const node = el("li", "line", tick, read, remove);
  if (page.doubtful === one.briefing_id) {
    const sure = button("pill danger", "Remove it", () => page.send("remove", one.briefing_id));
    const keep = button("pill", "Keep it", () => ask(page, null));
    node.append(el("div", "sure", el("span", "", "Remove it from the library?"), sure, keep));
    requestAnimationFrame(() => keep.focus({ preventScroll: true }));
  }
  return node;
}

function ask(page, briefing_id) {
  page.doubtful = briefing_id;
  draw(page);
}
