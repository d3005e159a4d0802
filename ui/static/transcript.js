// The conversation: questions as headlines, answers with numbered marks, a card on hover or focus.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = rootOf(parentElement);
  const page = (root.page ??= newPage(root, parentElement));
  page.send = setTriggerValue;
  renderList(page, data);
  showOpen(page, data.open);
}

function newPage(root, parentElement) {
  const list = el("div", "list");
  list.setAttribute("role", "log");
  list.setAttribute("aria-label", "Conversation");
  const card = el("div", "card");
  card.popover = "manual";
  card.setAttribute("role", "tooltip");
  card.id = "card";
  root.replaceChildren(list, card);
  const page = { list, card, root, parentElement, shown: new Map(), timer: 0, last: null, open: "", width: 0, told: null };
  card.addEventListener("mouseenter", () => clearTimeout(page.timer));
  card.addEventListener("mouseleave", () => hideCard(page));
  new ResizeObserver(() => keepInView(page)).observe(list);
  document.addEventListener("scroll", (event) => event.target !== card && hideCard(page), true);
  return page;
}

function renderList(page, data) {
  const wanted = [];
  if (data.welcome) wanted.push(["welcome", data.welcome, () => welcome(page, data.welcome)]);
  for (const one of data.exchanges) {
    wanted.push([`exchange-${one.exchange_id}`, one, () => exchange(page, one, one.exchange_id === data.fresh)]);
  }
  if (data.pending) wanted.push(["pending", data.pending, () => pending(page, data.pending)]);
  const before = page.shown;
  page.shown = new Map();
  for (const [key, value, make] of wanted) {
    const made = JSON.stringify(value);
    const old = before.get(key);
    if (key === "pending" && old?.node.grow(value)) page.shown.set(key, { made, node: old.node });
    else page.shown.set(key, old && old.made === made ? old : { made, node: make() });
  }
  const nodes = [...page.shown.values()].map((entry) => entry.node);
  const current = [...page.list.children];
  if (nodes.length !== current.length || nodes.some((node, i) => node !== current[i])) {
    page.list.replaceChildren(...nodes);
    // An answer that grew before the reader's eyes stays where it is when it is complete. A conversation that is
    // opened shows what was asked last.
    const grew = before.has("pending") && !data.pending;
    const opened = ![...page.shown.keys()].some((key) => before.has(key));
    if (!grew && (data.pending || data.fresh || opened)) bringIntoView(nodes.at(-1), opened);
  }
}

// When the reader opens or closes, the lines break anew: the mark that was clicked stays in view.
function keepInView(page) {
  const width = page.list.clientWidth;
  if (width === page.width) return;
  page.width = width;
  const mark = page.list.querySelector(".mark.open") ?? page.root.getRootNode().activeElement?.closest?.(".mark");
  const box = mark?.getBoundingClientRect();
  if (box && (box.top < 0 || box.bottom > innerHeight)) mark.scrollIntoView({ block: "center" });
}

function bringIntoView(node, atOnce) {
  const calm = atOnce || matchMedia("(prefers-reduced-motion: reduce)").matches;
  requestAnimationFrame(() => node.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" }));
}

function showOpen(page, open) {
  const key = open ? `${open.exchange_id}:${open.number}` : "";
  const marks = [...page.list.querySelectorAll("[data-mark]")];
  for (const mark of marks) {
    const on = mark.dataset.mark === key;
    mark.classList.toggle("open", on);
    if (mark.classList.contains("mark")) mark.setAttribute("aria-expanded", String(on));
  }
  if (page.open && !open) {
    // The answer may have been drawn anew meanwhile, and its marks with it.
    const same = marks.find((mark) => mark.dataset.mark === page.open);
    focusOn(page.last?.isConnected ? page.last : same);
  }
  page.open = key;
}

// The question that is being answered: sentences join it as they are verified.
function pending(page, one) {
  const stop = button("pill", "Stop", () => page.send("stop", true));
  const state = el("span", "", "Reading the briefings…");
  const line = el("div", "pending", el("span", "breath"), state, stop);
  const prose = el("div", "answer");
  const node = el("article", "exchange", ...heading(page, one), prose, line);
  prose.setAttribute("aria-live", "polite");
  let told = 0;
  node.grow = (now) => {
    if (now.question !== one.question || now.sentences.length < told) return false;
    for (const sentence of now.sentences.slice(told)) prose.append(said(page, now, sentence), " ");
    told = now.sentences.length;
    prose.hidden = told === 0;
    if (told) state.textContent = "Writing and checking…";
    return true;
  };
  node.grow(one);
  return node;
}

function exchange(page, one, fresh) {
  const node = el("article", fresh ? "exchange fresh" : "exchange", ...heading(page, one));
  if (one.failure || one.stopped) {
    const words = one.failure ?? "Stopped before there was an answer.";
    const again = asking(page, "link", "Ask again", one.question);
    node.append(el("p", one.failure ? "failure" : "notice quiet", words), el("div", "foot", again));
    return node;
  }
  node.append(one.abstained ? silence(page, one) : answer(page, one));
  if (one.missing) node.append(el("p", "missing", one.missing));
  for (const words of one.notices) node.append(el("p", "notice quiet", words));
  const foot = el("div", "foot after");
  foot.style.setProperty("--turn", one.sentences.length);
  const copy = button("link", "Copy", () => copyAnswer(copy, one.text));
  foot.append(copy, button("link", "Download", () => download(one.filename, one.markdown)));
  if (one.composer) {
    const more = one.composer.hint ? el("p", "", one.composer.hint) : null;
    foot.append(el("details", "", el("summary", "", one.composer.words), more));
  }
  node.append(foot);
  return node;
}

function answer(page, one) {
  const prose = el("div", "answer");
  one.sentences.forEach((sentence, turn) => {
    const span = said(page, one, sentence);
    span.style.setProperty("--turn", turn);
    prose.append(span, " ");
  });
  const sources = el("ol", "sources after");
  sources.setAttribute("aria-label", "Sources");
  sources.style.setProperty("--turn", one.sentences.length);
  for (const source of one.sources) {
    const line = button(`source ${source.state}`, "", () => open(page, one, source.number, line));
    line.dataset.mark = `${one.exchange_id}:${source.number}`;
    const words = el("span", "", el("span", "title", source.title), " ", el("span", "place", source.place));
    if (source.state !== "verified") words.append(el("div", `why ${source.state}`, source.why));
    line.append(el("span", "number", String(source.number)), words);
    sources.append(el("li", "", line));
  }
  return el("div", "", prose, sources);
}

function said(page, one, sentence) {
  const span = el("span", `sentence ${sentence.state}${sentence.item ? " item" : ""}${sentence.begins ? " begins" : ""}`);
  // The last word and its marks stay on one line.
  const cut = sentence.text.search(/\S{0,16}\s*$/u); // of a script without spaces, no more than the end
  const tail = el("span", "tail", sentence.text.slice(cut));
  for (const number of sentence.citations) tail.append(mark(page, one, sentence, number));
  span.append(sentence.text.slice(0, cut), tail);
  return span;
}

function silence(page, one) {
  const where = one.searched ? el("p", "searched quiet", one.searched) : null;
  const [said, ...listed] = (one.reason ?? "").split("\n");
  const node = el("div", "silence", el("p", "said", said), ...lines(listed), where);
  if (!one.nearest.length) return node;
  const list = el("ul", "");
  for (const near of one.nearest) {
    const place = el("span", "quiet", `${near.title} · ${near.place}`);
    const line = button("near", place, () => {
      page.last = line;
      page.send("passage", { exchange_id: one.exchange_id, passage_id: near.passage_id });
    });
    line.append(el("span", "words", near.text));
    list.append(el("li", "", line));
  }
  node.append(el("p", "searched quiet", "The nearest passages:"), list);
  return node;
}

// What is listed of the library: a line for each, below what says what they are.
function lines(listed) {
  const nodes = [];
  for (const words of listed) {
    if (/:$|^…/.test(words)) nodes.push(el("p", "searched quiet", words));
    else {
      if (nodes.at(-1)?.className !== "listed") nodes.push(el("ul", "listed"));
      const cut = words.startsWith("“") ? words.lastIndexOf("” · ") + 1 : words.lastIndexOf(" · ");
      const place = cut > 0 ? el("div", "quiet", words.slice(cut + 3)) : null;
      nodes.at(-1).append(el("li", "", cut > 0 ? words.slice(0, cut) : words, place));
    }
  }
  return nodes;
}

async function copyAnswer(node, words) {
  // Browsers let only pages copy that come from this machine, or with TLS.
  const done = await navigator.clipboard?.writeText(words).then(() => true, () => false);
  node.textContent = done ? "Copied" : "Not allowed here: download it";
  setTimeout(() => (node.textContent = "Copy"), 1600);
}

function download(name, words) {
  const link = el("a", "");
  link.href = URL.createObjectURL(new Blob([words], { type: "text/markdown" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
