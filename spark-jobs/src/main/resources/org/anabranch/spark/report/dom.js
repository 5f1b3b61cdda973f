// ---- Elements: text is always set as text, so nothing in the data becomes markup.
const SVG = "http://www.w3.org/2000/svg";

const fill = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("--")) node.style.setProperty(name, value);
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined).map((child) => (child instanceof Node ? child : String(child))));
  return node;
};
const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// ---- Numbers as people read them; null stands for what JSON cannot say: NaN and infinity.
const known = (value) => typeof value === "number" && Number.isFinite(value);
const whole = (value) => (known(value) ? value.toLocaleString("en-GB", { maximumFractionDigits: 0 }) : "–");
const percent = (value, digits = 1) => (known(value) ? (100 * value).toFixed(digits) + " %" : "–");
const plain = (value) => {
  if (!known(value)) return "–";
  const size = Math.abs(value);
  return value === 0 ? "0" : size >= 1e5 || size < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
};
const clock = (seconds) => {
  if (!known(seconds)) return "–";
  const all = Math.round(seconds), two = (n) => String(n).padStart(2, "0");
  return all >= 3600 ? `${Math.floor(all / 3600)}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)} h`
    : all >= 60 ? `${Math.floor(all / 60)}:${two(all % 60)} min` : `${plain(seconds)} s`;
};

// ---- Parts of the page.
const region = (label, tall, ...children) =>
  el("div", { class: tall ? "scroll tall" : "scroll", tabindex: "0", role: "region", "aria-label": label }, ...children);

/** columns: {label, number, text}; rows: cells as texts or nodes, the first one the row's heading. */
const table = (caption, columns, rows, name = "wide") =>
  el("table", { class: name },
    el("caption", {}, caption),
    el("thead", {}, el("tr", {}, columns.map((column) => el("th", { scope: "col", class: column.number && "number" }, column.label)))),
    el("tbody", {}, rows.map((row) => el("tr", {}, row.map((cell, i) =>
      i === 0 ? el("th", { scope: "row", class: columns[i].number && "number" }, cell)
        : el("td", { class: columns[i].number ? "number" : columns[i].text && "text" }, cell))))));

/** A part that is built when it is opened. */
const fold = (label, build) => {
  const body = el("div", {});
  const details = el("details", { ontoggle: () => { if (details.open) body.replaceChildren(build()); } }, el("summary", {}, label), body);
  return details;
};

const card = (title, ...children) => el("div", { class: "card" }, title && el("h3", {}, title), ...children);

const section = (id, title, lead, ...children) =>
  el("section", { id, "aria-labelledby": id + "-title" }, el("h2", { id: id + "-title" }, title), lead && el("p", { class: "lead" }, lead), ...children);
