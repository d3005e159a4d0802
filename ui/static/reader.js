// A briefing in full: ¶ numbers in the margin, the quoted words marked, steps to the next citation.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = rootOf(parentElement);
  if (drawn(root, data)) return;
  const send = setTriggerValue;
  const bar = toolbar(data, send);
  const meta = el("p", "quiet", data.meta);
  const body = el("div", "body");
  let section = null;
  for (const one of data.paragraphs) {
    if (one.section && one.section !== section) body.append(el("h3", "", one.section));
    section = one.section;
    body.append(paragraph(one, data.target));
  }
  const title = el("h2", "", data.title);
  const only = button("link", "Ask this briefing only", () => send("only", true));
  const head = el("header", "", title, meta, data.present ? el("p", "quiet", only) : null);
  const article = el("article", "", head, warning(data), data.cut ? el("p", "note quiet", data.cut) : null, body);
  root.replaceChildren(bar, article);
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", `Briefing: ${data.title}`);
  // While the title is scrolled away, it is shown below the bar.
  new IntersectionObserver(([seen]) => bar.classList.toggle("untitled", !seen.isIntersecting), {
    rootMargin: "-50px 0px 0px",
  }).observe(title);
  root.onkeydown = (event) => {
    if (event.key === "Escape") send("close", true);
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowRight" && data.next) send("step", data.next);
    if (event.key === "ArrowLeft" && data.previous) send("step", data.previous);
  };
  showTarget(root, data);
}

function toolbar(data, send) {
  const bar = el("div", "bar", button("link", "All briefings", () => send("all", true)), el("span", "gap"));
  if (data.of > 1) {
    const back = button("", "‹", () => send("step", data.previous), "Previous citation");
    const on = button("", "›", () => send("step", data.next), "Next citation");
    back.disabled = !data.previous;
    on.disabled = !data.next;
    bar.append(el("span", "steps", back, `Citation ${data.number} of ${data.of}`, on));
  }
  const name = el("div", "name quiet", data.title);
  name.ariaHidden = "true";
  bar.append(button("shut", "✕", () => send("close", true), "Close"), name);
  return bar;
}

function warning(data) {
  if (!data.why) return null;
  if (data.saved === null) return el("p", "note quiet", data.why);
  const words = data.saved ? el("p", "words", `“${data.saved}”`) : null;
  const node = el("div", "warn", el("p", "why", data.why), words);
  node.setAttribute("role", "note");
  return node;
}

function paragraph(one, target) {
  const words = el("div", "words");
  for (const piece of one.pieces) {
    if (piece.kind === "chosen") words.append(el("mark", "chosen", piece.text));
    else if (piece.kind) words.append(el("span", piece.kind, piece.text));
    else words.append(piece.text);
  }
  const node = el("div", `paragraph ${one.kind}`, el("span", "number", `¶${one.number}`), words);
  node.id = `p${one.number}`;
  if (one.number === target) {
    node.classList.add("target");
    node.tabIndex = -1;
  }
  return node;
}

function showTarget(root, data) {
  requestAnimationFrame(() => {
    const target = root.querySelector(".target");
    if (target) {
      target.scrollIntoView({ block: "center" });
      focusOn(target);
    } else {
      root.querySelector(".bar").scrollIntoView({ block: "start" });
      focusOn(root.querySelector(".shut"));
    }
  });
}
