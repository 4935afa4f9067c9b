// A table with links. Every text is put in as text, never as markup.
function make(tag, text, attributes) {
  const node = document.createElement(tag);
  if (text) node.textContent = text;
  for (const [name, value] of Object.entries(attributes ?? {})) node.setAttribute(name, value);
  return node;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".root");
  root.send = setTriggerValue;
  const signature = JSON.stringify(data);
  if (root.signature === signature) return;
  root.signature = signature;

  // Roles are written out: narrow screens show rows as blocks, which would hide them.
  const table = make("table", "", { role: "table", class: data.kind, "aria-label": data.caption });
  const head = make("tr", "", { role: "row" });
  for (const column of data.columns) {
    head.append(make("th", column.title, { role: "columnheader", scope: "col", class: column.align }));
  }
  const top = make("thead", "", { role: "rowgroup" });
  top.append(head);
  const body = make("tbody", "", { role: "rowgroup" });
  data.rows.forEach((cells, row) => {
    const line = make("tr", "", { role: "row" });
    cells.forEach((cell, at) => {
      const column = data.columns[at];
      const box = make("td", "", { role: "cell", class: `${column.align} ${column.key}`, "data-title": column.title });
      // An isolated inner box: text of another direction must not reorder the line around it.
      const inner = make(cell.href ? "a" : "bdi", cell.text, { dir: "auto" });
      if (cell.label) inner.setAttribute("aria-label", cell.label);
      if (cell.href) {
        inner.setAttribute("href", cell.href);
        inner.addEventListener("click", (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          root.send("go", [row, at]);
        });
      }
      box.append(inner);
      line.append(box);
    });
    body.append(line);
  });
  table.append(top, body);
  const scroller = make("div", "", { class: "scroller", role: "region", tabindex: "0", "aria-label": data.caption });
  scroller.append(table);
  root.replaceChildren(scroller);
}
