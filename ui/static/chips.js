// What the next question is limited to, each limit removable.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = rootOf(parentElement);
  if (drawn(root, data)) return;
  const row = el("div", "row");
  row.append(data.chips.length ? "Asking only" : data.all);
  for (const chip of data.chips) {
    const drop = button("", "✕", () => setTriggerValue("drop", chip.key), `No longer limit to ${chip.words}`);
    row.append(el("span", "chip", el("span", "", chip.words), drop));
  }
  if (data.chips.length > 1) row.append(button("link", "Ask everything", () => setTriggerValue("drop", "everything")));
  if (data.briefings) row.append(button("link", data.chips.length ? "Change" : "Choose", () => setTriggerValue("browse", true)));
  refill(root, row);
}
