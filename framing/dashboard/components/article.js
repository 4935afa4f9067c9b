// The article with its marks. Every text is put in as text, never as markup.
const LABEL = "Why it is marked";

function make(tag, text, attributes) {
  const node = document.createElement(tag);
  if (text) node.textContent = text;
  for (const [name, value] of Object.entries(attributes ?? {})) node.setAttribute(name, value);
  return node;
}

function paragraph(tag, segments, data, marks) {
  const node = make(tag, "", { dir: "auto" });
  for (const part of segments) {
    if (part.kind === "text") {
      node.append(part.text);
    } else if (part.kind === "removed") {
      node.append(make("del", part.text, { title: `not counted: ${data.reasons[part.number]}` }));
    } else {
      const mention = data.mentions[part.number];
      const mark = make("mark", "", {
        role: "button", tabindex: "0", "aria-pressed": "false",
        "data-voice": mention.voice, "data-number": String(part.number),
      });
      mark.append(part.text, "\u00a0", make("small", mention.label));
      marks[part.number] = mark;
      node.append(mark);
    }
  }
  return node;
}

function button(text, label, action, disabled) {
  const node = make("button", text, { type: "button", "aria-label": label });
  node.disabled = disabled;
  node.addEventListener("click", action);
  return node;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".root");
  root.send = setTriggerValue; // the newest one, also for marks that were built before
  const signature = JSON.stringify(data);
  if (root.signature === signature) return;
  root.signature = signature;

  const marks = [];
  const article = make("article", "", { class: "article" });
  for (const line of data.title) article.append(paragraph("h2", line, data, marks));
  if (data.byline) article.append(make("p", data.byline, { class: "byline" }));
  for (const line of data.body) article.append(paragraph("p", line, data, marks));
  if (data.note) article.append(make("p", data.note, { class: "byline" }));

  const panel = make("section", "", { class: "why", "aria-label": LABEL, "aria-live": "polite" });
  const order = data.mentions.map((_, number) => number).filter((number) => marks[number]);

  function hint() {
    const text = order.length
      ? "Choose a marked mention to see the rule, the speaker and the lexicon entry behind it."
      : "No entry of the lexicons occurs in this article.";
    panel.replaceChildren(make("h3", LABEL), make("p", text));
    panel.classList.remove("open");
  }

  function close() {
    for (const mark of Object.values(marks)) mark.setAttribute("aria-pressed", "false");
    hint();
  }

  function select(number, move) {
    const mention = data.mentions[number];
    for (const [other, mark] of Object.entries(marks)) {
      mark.setAttribute("aria-pressed", String(Number(other) === number));
    }
    const at = order.indexOf(number);
    const bar = make("div", "", { class: "bar" });
    bar.append(
      make("span", `Mention ${at + 1} of ${order.length}`),
      button("‹", "previous mention", () => select(order[at - 1], true), at === 0),
      button("›", "next mention", () => select(order[at + 1], true), at === order.length - 1),
      button("×", "close", () => { close(); marks[number].focus(); }, false),
    );
    const list = make("dl");
    for (const [name, value] of mention.why) list.append(make("dt", name), make("dd", value, { dir: "auto" }));
    panel.replaceChildren(make("h3", LABEL), bar, make("p", mention.surface, { class: "surface", dir: "auto" }), list);
    if (mention.href) {
      const link = make("a", "All lines with this entry", { href: mention.href });
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        root.send("entry", number);
      });
      panel.append(link);
    }
    panel.classList.add("open");
    panel.scrollTop = 0;
    // On a narrow screen the panel lies over the lower half of the text.
    const narrow = window.matchMedia("(max-width: 1000px)").matches;
    if (narrow || move) marks[number].scrollIntoView({ block: narrow ? "start" : "center" });
  }

  for (const number of order) {
    marks[number].addEventListener("click", () => select(number, false));
    marks[number].addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        select(number, false);
      } else if (event.key === "Escape") {
        close();
      }
    });
  }
  hint();
  root.replaceChildren(article, panel);
  if (marks[data.selected]) select(data.selected, true);
}
