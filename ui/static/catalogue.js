// A page of the briefings in the library: tick to limit the next question, read in full, remove after a second
// thought. The library itself finds what is typed.

const PAUSE = 200; // milliseconds without typing, after which the library is asked

export default function ({ data, parentElement, setTriggerValue }) {
  const root = rootOf(parentElement);
  const page = (root.page ??= newPage(root));
  page.send = setTriggerValue;
  page.data = data;
  page.title.textContent = data.held ? `Briefings (${number(data.held)})` : "Briefings";
  page.filter.hidden = data.held < 8;
  if (page.asked === data.words) page.waiting = false;
  else if (!page.waiting) page.filter.value = page.asked = data.words; // opened anew, or turned to by another button
  page.days.hidden = !data.dated;
  const typedIn = root.getRootNode().activeElement;
  for (const edge of ["since", "until"]) {
    if (page[edge].value !== data[edge] && page[edge] !== typedIn) page[edge].value = data[edge];
  }
  draw(page);
  drawSteps(page);
  page.add.hidden = !data.held;
  if (page.opened) return;
  page.opened = true;
  requestAnimationFrame(() => showRead(page));
}

// Opened anew: the focus goes to the briefing that was read, or to the head of the list.
function showRead(page) {
  const read = page.list.querySelector(".last");
  read?.scrollIntoView({ block: "center" });
  focusOn(read ?? page.title);
}

function close(page) {
  page.send("close", true); // and no value, for false would undo every key
  page.from?.focus();
}

function toUpload() {
  const upload = document.querySelector('[data-testid="stFileUploader"]');
  upload?.scrollIntoView({ block: "center" });
  upload?.querySelector('[data-testid="stFileUploaderDropzone"] button')?.focus({ preventScroll: true });
}

function newPage(root) {
  const title = el("h2", "");
  title.tabIndex = -1;
  const filter = el("input", "filter");
  filter.type = "search";
  filter.maxLength = 200;
  filter.placeholder = "Find by title, source or date";
  filter.setAttribute("aria-label", filter.placeholder);
  const list = el("ul", "");
  const page = { root, title, filter, list, doubtful: null, asked: null, waiting: false, timer: 0, target: null };
  page.from = focused();
  page.add = button("link", "Add", toUpload, "Add briefings");
  page.place = el("span", "");
  page.back = button("", "‹", () => turn(page, -1), "Newer briefings");
  page.on = button("", "›", () => turn(page, 1), "Older briefings");
  page.steps = el("div", "steps quiet", page.back, page.place, page.on);
  page.days = el("div", "days quiet", dayField(page, "since", "Ask only from"), dayField(page, "until", "up to"));
  const shut = button("shut", "✕", () => close(page), "Close");
  root.replaceChildren(el("div", "bar", title, page.add, shut), filter, page.days, list, page.steps);
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", "All briefings");
  root.onkeydown = (event) => {
    if (event.key === "Escape") close(page);
  };
  filter.addEventListener("input", () => {
    clearTimeout(page.timer);
    page.timer = setTimeout(() => find(page), PAUSE);
  });
  return page;
}

function find(page) {
  const words = page.filter.value.trim();
  if (words === page.asked) return;
  page.asked = words;
  page.waiting = true;
  page.send("find", words);
}

function turn(page, by) {
  page.target = page.data.first + by * page.data.lines;
  page.send("turn", page.target);
}

function drawSteps(page) {
  const { first, found, briefings, lines } = page.data;
  page.steps.hidden = found <= lines;
  page.place.textContent = `${number(first + 1)} to ${number(first + briefings.length)} of ${number(found)}`;
  page.back.disabled = first === 0;
  page.on.disabled = first + briefings.length >= found;
  if (page.target !== first) return;
  page.target = null;
  page.list.querySelector(".read").focus({ preventScroll: true });
  page.root.scrollIntoView({ block: "start" });
}

function number(count) {
  return count.toLocaleString("en");
}

function dayField(page, edge, words) {
  const input = el("input", "");
  input.type = "date";
  input.addEventListener("change", () => {
    const typing = input.value && input.value < "1000"; // the year is not complete
    if (!typing) page.send("day", { edge, day: input.value });
  });
  page[edge] = input;
  return el("label", "", `${words} `, input);
}

function draw(page) {
  const lines = page.data.briefings.map((one) => line(page, one));
  if (!page.data.held) lines.push(el("li", "end quiet", "There are no briefings yet. Add some below."));
  else if (!lines.length) lines.push(el("li", "end quiet", "No briefing fits these words."));
  refill(page.list, ...lines);
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
  if (one.briefing_id === page.data.read) read.classList.add("last");
  const remove = button("remove", "Remove", () => ask(page, one.briefing_id), `Remove ${one.title}`);
  const node = el("li", "line", tick, read, remove);
  if (page.doubtful === one.briefing_id) {
    const sure = button("pill danger", "Remove it", () => page.send("remove", one.briefing_id));
    const keep = button("pill keep", "Keep it", () => ask(page, null));
    node.append(el("div", "sure", el("span", "", "Remove it from the library?"), sure, keep));
  }
  return node;
}

// Asks for a second thought, or goes back from it.
function ask(page, briefing_id) {
  const line = (id) => [...page.list.children][page.data.briefings.findIndex((one) => one.briefing_id === id)];
  const before = page.doubtful;
  page.doubtful = briefing_id;
  draw(page);
  const next = briefing_id ? line(briefing_id)?.querySelector(".keep") : line(before)?.querySelector(".remove");
  next?.focus({ preventScroll: true });
}
