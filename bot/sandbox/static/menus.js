// Menus, dialogs and passing notices.

import { arrowKeys, el } from "./dom.js";

let open = null;

export function closeMenu() {
  if (!open) return;
  const { menu, anchor } = open;
  open = null;
  menu.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (document.activeElement === document.body) anchor.focus();
}

/** Show a menu at `anchor` inside `host` and hand it back; `items` are {label, hint, act}. Asked again, it closes: null. */
export function showMenu(host, anchor, items, label) {
  const again = open && open.anchor === anchor;
  closeMenu();
  if (again) return null;
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label });
  for (const item of items) {
    const button = el("button", { type: "button", role: "menuitem" }, el("span", { dir: "auto" }, item.label));
    if (item.hint) button.append(el("small", { dir: "auto" }, item.hint));
    button.addEventListener("click", () => { closeMenu(); item.act(); });
    menu.append(button);
  }
  arrowKeys(menu);
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "Tab") { event.preventDefault(); closeMenu(); anchor.focus(); }
  });
  host.append(menu);
  place(menu, anchor, host);
  anchor.setAttribute("aria-expanded", "true");
  open = { menu, anchor };
  menu.querySelector("button")?.focus();
  return menu;
}

function place(menu, anchor, host) {
  const box = host.getBoundingClientRect();
  const at = anchor.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = at.bottom + size.height + 8 < box.bottom;
  const top = below ? at.bottom + 4 : at.top - size.height - 4;
  const left = getComputedStyle(anchor).direction === "rtl" ? at.right - size.width : at.left;
  menu.style.top = `${Math.max(top - box.top, 4)}px`;
  menu.style.left = `${Math.min(Math.max(left - box.left, 8), Math.max(box.width - size.width - 8, 8))}px`;
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.menu.contains(event.target) && !open.anchor.contains(event.target)) closeMenu();
});

/** A small line over the chat that goes away by itself. */
export function toast(host, text) {
  host.querySelector(".toast")?.remove();
  const node = el("div", { class: "toast", role: "status", dir: "auto" }, text);
  host.append(node);
  setTimeout(() => node.remove(), 4000);
}

/** A box that must be answered; resolves when it closes. */
export function dialog(title, content, attributes = {}) {
  const box = el("dialog", { class: "dialog", "aria-label": title, ...attributes }, ...content);
  document.body.append(box);
  box.addEventListener("close", () => box.remove());
  box.showModal();
  return box;
}

export function alertBox(text, ok, attributes) {
  const button = el("button", { type: "button", class: "chip solid", onclick: () => box.close() }, ok);
  const box = dialog(text, [el("p", { dir: "auto" }, text), el("div", { class: "dialog-end" }, button)], attributes);
}

let hiding = 0;

/** Say at the foot of the page what went wrong. */
export function notice(text) {
  const node = document.getElementById("notice");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { node.hidden = true; }, 6000);
}
