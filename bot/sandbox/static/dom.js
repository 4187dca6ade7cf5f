// Small ways to make elements; text always becomes text nodes.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: `el("button", {class: "chip", onclick: act, "aria-label": "Send"}, "text", node)`. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** One of the page's own drawings. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Let the arrow keys move the focus between the buttons inside `box`. */
export function arrowKeys(box) {
  const steps = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
  box.addEventListener("keydown", (event) => {
    let step = steps[event.key];
    if (!step) return;
    const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight";
    if (sideways && getComputedStyle(box).direction === "rtl") step = -step;
    const buttons = [...box.querySelectorAll("button, a[href]")];
    const at = buttons.indexOf(document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    buttons[(at + step + buttons.length) % buttons.length].focus();
  });
}
