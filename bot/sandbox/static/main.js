// Join the parts: the people's chats side by side, the news that keeps them fresh.

import * as api from "./api.js";
import { Chat } from "./chat.js";
import { setClock, startClock } from "./clock.js";
import { el } from "./dom.js";
import { dialog, notice } from "./menus.js";

const chats = new Map();
const columns = document.getElementById("columns");
const tabs = document.getElementById("tabs");
let bot = { name: "Sandbox", username: "" };
let alive = false;
let online = false;
let chosen = 0;
let loading = null;

function showStatus() {
  const status = document.getElementById("status");
  const kind = !online ? "off" : alive ? "on" : "away";
  status.dataset.kind = kind;
  const text = { off: api.AWAY, away: "Bot is away", on: "Bot is listening" }[kind];
  document.getElementById("status-text").textContent = text;
}

async function load() {
  const state = await api.state();
  bot = state.bot;
  alive = state.alive;
  document.title = `${bot.name} · sandbox`;
  document.getElementById("bot-name").textContent = bot.name;
  setClock(state.clock);
  const here = new Set(state.people.map((person) => person.user_id));
  for (const id of [...chats.keys()]) if (!here.has(id)) remove(id);
  await Promise.all(state.people.map((person) => seat(person).load()));
  return state.last_event;
}

function seat(person) {
  let chat = chats.get(person.user_id);
  if (chat) {
    chat.describe(person);
    chat.tab.querySelector(".tab-name").textContent = person.name;
    return chat;
  }
  chat = new Chat(person, bot, openLink);
  chats.set(person.user_id, chat);
  chat.tab = el("button", {
    type: "button", role: "tab", "aria-controls": chat.node.id, onclick: () => choose(person.user_id),
  }, el("span", { class: "tab-name", dir: "auto" }, person.name), el("span", { class: "tab-news", hidden: true }));
  tabs.append(chat.tab);
  columns.append(chat.node);
  choose(chosen && chats.has(chosen) ? chosen : person.user_id);
  return chat;
}

function remove(userId) {
  const chat = chats.get(userId);
  chat.node.remove();
  chat.tab.remove();
  chats.delete(userId);
}

function choose(userId) {
  chosen = userId;
  for (const [id, chat] of chats) {
    const here = id === userId;
    chat.tab.setAttribute("aria-selected", String(here));
    chat.tab.tabIndex = here ? 0 : -1;
    chat.node.classList.toggle("chosen", here);
    if (here) { chat.tab.querySelector(".tab-news").hidden = true; if (chat.sticks) chat.toEnd(); }
  }
}

tabs.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const ids = [...chats.keys()];
  choose(ids[(ids.indexOf(chosen) + step + ids.length) % ids.length]);
  chats.get(chosen).tab.focus();
});

const hear = {
  async message({ chat_id: id, message }) {
    const chat = chats.get(id);
    chat?.show(message);
    if (chat && id !== chosen && message.from_bot) chat.tab.querySelector(".tab-news").hidden = false;
  },
  callback(answer) { chats.get(answer.chat_id)?.answered(answer); },
  async person(person) {
    const fresh = !chats.has(person.user_id);
    const chat = seat(person);
    if (fresh) await chat.load();
  },
  clock(clock) { setClock(clock); },
  async description() { await Promise.all([...chats.values()].map((chat) => chat.introduce())); },
  action({ chat_id: id }) { chats.get(id)?.typing(); },
  bot(news) { alive = news.alive; showStatus(); },
  async reset() { await load(); showStatus(); },
};

async function openLink(event, address, chat) {
  const found = address.match(/^(?:https?:\/\/(?:t\.me|telegram\.me)\/|tg:\/\/resolve\?domain=)([A-Za-z0-9_]+)(?:[?&]start=([A-Za-z0-9_-]*))?/i);
  if (!found || found[1].toLowerCase() !== bot.username.toLowerCase()) return;
  event.preventDefault();
  const payload = found[2] || "";
  const open = (target) => {
    box.close();
    choose(target.person.user_id);
    target.node.scrollIntoView({ inline: "nearest" });
    target.act("starts", payload ? { payload } : {});
  };
  const others = [chat, ...[...chats.values()].filter((other) => other !== chat)];
  const buttons = others.map((other) => el("button", { type: "button", class: "pick", onclick: () => open(other) },
    el("bdi", {}, other.person.name), el("small", { dir: "auto" }, other.title)));
  const box = dialog("Who opens this link?", [
    el("h2", {}, "Who opens this link?"), el("div", { class: "picks" }, ...buttons),
    el("div", { class: "dialog-end" },
      el("button", { type: "button", class: "chip", onclick: () => { box.close(); newPerson(payload); } }, "New person…"),
      el("button", { type: "button", class: "chip", onclick: () => box.close() }, "Cancel")),
  ]);
}

function newPerson(start = "") {
  const name = el("input", { name: "name", required: true, maxlength: "64", dir: "auto", autocomplete: "off" });
  const tongue = el("select", { name: "language_code" },
    ...[["ar", "العربية"], ["fr", "Français"], ["en", "English"]].map(([code, label]) => el("option", { value: code }, label)));
  const payload = el("input", { name: "start", value: start, pattern: "[A-Za-z0-9_\\-]{0,64}", dir: "ltr", autocomplete: "off" });
  const form = el("form", { class: "fields" }, el("h2", {}, "New person"),
    el("label", {}, "Name", name), el("label", {}, "Language", tongue), el("label", {}, "Invitation code (optional)", payload),
    el("div", { class: "dialog-end" },
      el("button", { type: "button", class: "chip", onclick: () => box.close() }, "Cancel"),
      el("button", { type: "submit", class: "chip solid" }, "Add")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const person = await api.addPerson({ name: name.value.trim(), language_code: tongue.value, start: payload.value });
      box.close();
      const chat = seat(person);
      choose(person.user_id);
      chat.node.scrollIntoView({ inline: "nearest" });
      chat.composer.start.focus();
      await chat.introduce();
    } catch (error) {
      notice(error.message);
    }
  });
  const box = dialog("New person", [form]);
  name.focus();
}

async function begin() {
  try {
    const last = await load();
    online = true;
    showStatus();
    api.follow(last, (kind, content) => {
      loading = (loading || Promise.resolve()).then(() => hear[kind]?.(content)).catch((error) => notice(error.message));
    }, (state) => { online = state; showStatus(); });
  } catch {
    setTimeout(begin, 1500);
  }
}

document.getElementById("unfold").addEventListener("click", (event) => {
  const open = document.querySelector(".strip").classList.toggle("open");
  event.currentTarget.setAttribute("aria-expanded", String(open));
});
document.getElementById("add-person").addEventListener("click", () => newPerson());
startClock();
begin();
