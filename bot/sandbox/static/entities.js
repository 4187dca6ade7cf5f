// Draw a text with Telegram's entities, one paragraph a line, without ever reading it as HTML.

import { el } from "./dom.js";

const INLINE = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SAFE = /^(https?|tg|mailto|tel):/i;

/** Return nodes for `text`; `links.open(event, address)` and `links.command(text)` hear what is clicked. */
export function draw(text, entities, links) {
  const all = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const blocks = all.filter((entity) => BLOCKS.has(entity.type));
  const inline = all.filter((entity) => !BLOCKS.has(entity.type));
  const nodes = [];
  let at = 0;
  for (const block of blocks) {
    if (block.offset < at) continue;
    const end = block.offset + block.length;
    nodes.push(...paragraphs(text, at, block.offset, inline, links, true));
    nodes.push(drawBlock(text, block, inline, links));
    at = text[end] === "\n" ? end + 1 : end;
  }
  nodes.push(...paragraphs(text, at, text.length, inline, links, blocks.length > 0));
  return nodes;
}

/** The direction of a block by its first letter; dir="auto" would not look into its paragraphs. */
function direction(text) {
  const letter = text.match(/\p{L}/u)?.[0] || "";
  return /\p{Script=Arabic}|\p{Script=Hebrew}/u.test(letter) ? "rtl" : "ltr";
}

function drawBlock(text, block, inline, links) {
  const end = block.offset + block.length;
  if (block.type === "pre") {
    return el("pre", { dir: "ltr", tabindex: "0" }, text.slice(block.offset, end));
  }
  const quote = el("blockquote", { dir: direction(text.slice(block.offset, end)) }, ...paragraphs(text, block.offset, end, inline, links, true));
  if (block.type === "expandable_blockquote") {
    return el("details", { class: "fold" }, el("summary", {}, "…"), quote);
  }
  return quote;
}

function paragraphs(text, from, to, inline, links, trim) {
  const part = text.slice(from, to);
  if (trim && part.trim() === "") return [];
  const nodes = [];
  let start = from;
  const lines = (trim ? part.replace(/\n$/, "") : part).split("\n");
  for (const line of lines) {
    const paragraph = el("p", { dir: "auto" });
    if (line) paragraph.append(...runs(text, start, start + line.length, inline, links));
    else paragraph.classList.add("gap");
    nodes.push(paragraph);
    start += line.length + 1;
  }
  return nodes;
}

function runs(text, from, to, entities, links) {
  const nodes = [];
  let at = from;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (start >= end) continue;
    if (start > at) nodes.push(document.createTextNode(text.slice(at, start)));
    const wrap = wrapper(text, entity, links);
    wrap.append(...runs(text, start, end, entities.slice(i + 1), links));
    nodes.push(wrap);
    at = end;
  }
  if (at < to) nodes.push(document.createTextNode(text.slice(at, to)));
  return nodes;
}

function wrapper(text, entity, links) {
  const words = text.substr(entity.offset, entity.length);
  if (INLINE[entity.type]) return el(INLINE[entity.type]);
  if (entity.type === "text_link") return link(entity.url, links);
  if (entity.type === "url") return link(words, links);
  if (entity.type === "bot_command") {
    return el("button", { type: "button", class: "word", onclick: () => links.command(words) });
  }
  if (entity.type === "spoiler") return spoiler();
  if (entity.type === "date_time") return moment(entity, links.language);
  return el("span");
}

function link(address, links) {
  if (!SAFE.test(address)) return el("span");
  return el("a", {
    href: address, target: "_blank", rel: "noopener noreferrer", onclick: (event) => links.open(event, address),
  });
}

function spoiler() {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-expanded": "false" });
  const show = () => { node.classList.add("shown"); node.setAttribute("aria-expanded", "true"); };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") show(); });
  return node;
}

function moment(entity, language) {
  const date = new Date(entity.unix_time * 1000);
  const shown = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short" }).format(date);
  return el("time", { datetime: date.toISOString(), title: shown, class: "moment" });
}
