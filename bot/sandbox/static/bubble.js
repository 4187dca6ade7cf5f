// One message as a bubble: its words, its file, its buttons.

import { arrowKeys, el, icon } from "./dom.js";
import { draw } from "./entities.js";

/** Draw a message; `chat` gives words, clock format, links and what the buttons do. */
export function bubble(message, chat) {
  const own = !message.from_bot;
  const node = el("article", {
    class: `bubble ${own ? "own" : "bot"}`, "data-id": message.message_id, "aria-label": own ? chat.words.you : chat.botName,
  });
  if (message.forward_origin) {
    node.append(el("div", { class: "origin" }, `${chat.words.forwarded} `, el("bdi", {}, message.forward_origin.sender_user_name || "…")));
  }
  if (message.reply_to_message) node.append(quoted(message.reply_to_message, chat));
  const media = drawMedia(message, chat);
  if (media) node.append(media);
  const text = shown(message) ?? message.caption;
  if (text) {
    const body = el("div", { class: "words" }, ...draw(text, message.entities || message.caption_entities, chat.links));
    node.append(body);
  }
  node.append(foot(message, chat));
  const row = el("div", { class: `row ${own ? "own" : "bot"}`, "data-row": message.message_id }, node);
  const keyboard = message.reply_markup?.inline_keyboard;
  const column = el("div", { class: "stack" }, node);
  if (keyboard) column.append(drawKeyboard(message, keyboard, chat));
  row.replaceChildren(column, menuButton(message, chat));
  return row;
}

/** A message's words as they are shown: a start hides what its link carried, as Telegram does. */
export function shown(message) {
  return message.from_bot ? message.text : message.text?.replace(/^(\/start) \S+$/, "$1");
}

function foot(message, chat) {
  const node = el("footer", { class: "foot" });
  if (message.reaction) node.append(el("span", { class: "reaction" }, message.reaction));
  if (message.edit_date) node.append(el("span", { class: "edited" }, chat.words.edited));
  const date = new Date(message.date * 1000);
  node.append(el("time", { datetime: date.toISOString(), title: chat.dateTime.format(date) }, chat.time.format(date)));
  return node;
}

function quoted(original, chat) {
  const text = shown({ ...original, from_bot: original.from?.is_bot }) || original.caption || "…";
  const name = original.from?.is_bot ? chat.botName : chat.words.you;
  return el("button", { type: "button", class: "quoted", onclick: () => chat.jump(original.message_id) },
    el("strong", {}, name), el("span", { dir: "auto" }, text.slice(0, 120)));
}

function menuButton(message, chat) {
  return el("button", {
    type: "button", class: "dots", "aria-label": chat.words.actions, "aria-haspopup": "menu", "aria-expanded": "false",
    onclick: (event) => chat.actions(event.currentTarget, message),
  }, icon("more"));
}

function drawMedia(message, chat) {
  if (message.photo) {
    const size = message.photo[message.photo.length - 1];
    const address = `/sim/files/${encodeURIComponent(size.file_id)}`;
    return el("a", { class: "photo", href: address, target: "_blank", rel: "noopener" },
      el("img", { src: address, alt: message.caption || chat.words.photo, width: size.width, height: size.height, onload: chat.settle }));
  }
  const file = message.document;
  if (file) {
    return el("a", { class: "file", href: `/sim/files/${encodeURIComponent(file.file_id)}`, download: file.file_name },
      el("span", { class: "file-icon" }, icon("file")),
      el("span", { class: "file-name" }, el("bdi", {}, file.file_name), el("small", {}, weight(file.file_size))));
  }
  if (message.sticker) return el("div", { class: "sticker" }, message.sticker.emoji);
  if (message.voice) return el("div", { class: "card" }, `${chat.words.voice} · ${message.voice.duration} s`);
  if (message.location) {
    const { latitude, longitude } = message.location;
    return el("div", { class: "card" }, `${chat.words.location} · `, el("bdi", {}, `${latitude}, ${longitude}`));
  }
  if (message.contact) {
    return el("div", { class: "card" }, el("bdi", {}, message.contact.first_name), " · ", el("bdi", {}, message.contact.phone_number));
  }
  if (message.poll) {
    const options = message.poll.options.map((option) => el("li", { dir: "auto" }, option.text));
    return el("div", { class: "card" }, el("p", { dir: "auto" }, message.poll.question), el("ul", {}, ...options));
  }
  return null;
}

function weight(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(bytes < 10240 ? 1 : 0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function drawKeyboard(message, rows, chat) {
  const box = el("div", { class: "keyboard", role: "group" });
  rows.forEach((row, y) => {
    const line = el("div", { class: "keys" });
    row.forEach((button, x) => line.append(drawButton(message, button, `${y}:${x}`, chat)));
    box.append(line);
  });
  arrowKeys(box);
  return box;
}

function drawButton(message, button, place, chat) {
  const style = ["primary", "success", "danger"].includes(button.style) ? ` ${button.style}` : "";
  if (button.url) {
    const safe = /^(https?|tg):/i.test(button.url);
    return el("a", {
      class: `key${style}`, href: safe ? button.url : null, target: "_blank", rel: "noopener noreferrer", "data-place": place,
      onclick: (event) => chat.links.open(event, button.url),
    }, el("span", { dir: "auto" }, button.text), icon("link"));
  }
  const key = el("button", { type: "button", class: `key${style}`, "data-place": place }, el("span", { dir: "auto" }, button.text));
  if (chat.waits(message.message_id, button.callback_data)) key.setAttribute("aria-busy", "true");
  key.addEventListener("click", () => chat.press(message, button, key));
  return key;
}
