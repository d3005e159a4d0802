// The numbered marks of an answer, and the card that shows what a mark rests on.

function mark(page, one, sentence, number) {
  const found = one.sources.find((s) => s.number === number);
  // A sentence that its quotes do not hold is not verified, however exact they are.
  const { state, label: told, why } = found.state === "verified" && sentence.state !== "verified" ? sentence : found;
  const source = { ...found, state, why };
  const label = `Source ${number}, ${told}: ${source.title}, ${source.place}`;
  const sign = { verified: "", unverified: "!", unchecked: "?" }[state];
  const node = button(`mark ${state}`, `${number}${sign}`, () => open(page, one, number, node));
  node.setAttribute("aria-label", label);
  node.dataset.mark = `${one.exchange_id}:${number}`;
  const show = () => showCard(page, node, source);
  // A pointer that moves asks for the card, not a page that is scrolled below it.
  node.addEventListener("mousemove", () => (page.told === node ? clearTimeout(page.timer) : later(page, show, 90)));
  node.addEventListener("focus", () => node.matches(":focus-visible") && show());
  node.addEventListener("mouseleave", () => later(page, () => hideCard(page), 180));
  node.addEventListener("blur", () => hideCard(page));
  node.addEventListener("keydown", (event) => event.key === "Escape" && hideCard(page));
  return node;
}

function later(page, action, ms) {
  clearTimeout(page.timer);
  page.timer = setTimeout(action, ms);
}

function open(page, one, number, node) {
  hideCard(page);
  if (!one.exchange_id) return; // still being written
  page.last = node;
  page.send("open", { exchange_id: one.exchange_id, number });
}

function showCard(page, node, source) {
  clearTimeout(page.timer);
  const words = el("div", "words", source.before, el("mark", "", source.quote), source.after);
  const why = el("div", `why ${source.state}`, source.why);
  page.card.replaceChildren(el("div", "title", source.title), el("div", "place", source.place), why, words);
  node.setAttribute("aria-describedby", "card");
  page.told = node;
  page.card.style.maxHeight = "";
  page.card.showPopover();
  const box = node.getBoundingClientRect();
  const size = page.card.getBoundingClientRect();
  const left = Math.min(Math.max(12, box.left - 24), innerWidth - size.width - 12);
  const [over, under] = [box.top - 16, innerHeight - box.bottom - 16]; // the room above the mark, and below it
  const below = size.height <= under || under >= over;
  const height = Math.min(size.height, below ? under : over);
  page.card.style.maxHeight = `${height}px`;
  page.card.style.left = `${left}px`;
  page.card.style.top = `${below ? box.bottom + 8 : box.top - height - 8}px`;
}

function hideCard(page) {
  clearTimeout(page.timer);
  page.told = null;
  if (page.card.matches(":popover-open")) page.card.hidePopover();
}
