// One person's phone: a header, the messages, and the composer.

import * as api from "./api.js";
import { bubble } from "./bubble.js";
import { Composer } from "./composer.js";
import { el, icon } from "./dom.js";
import { alertBox, notice, showMenu, toast } from "./menus.js";
import { direction, language, words } from "./words.js";

const NEAR = 90;
const LONG_PRESS = 550;

export class Chat {
  constructor(person, bot, openLink) {
    this.person = person;
    this.botName = bot.name;
    this.words = words(person);
    this.messages = new Map();
    this.pressed = new Map();
    this.unseen = 0;
    this.before = Promise.resolve();
    const tongue = language(person);
    this.time = new Intl.DateTimeFormat(tongue, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    this.day = new Intl.DateTimeFormat(tongue, { weekday: "long", day: "numeric", month: "long" });
    this.dateTime = new Intl.DateTimeFormat(tongue, { dateStyle: "full", timeStyle: "medium" });
    this.links = {
      language: tongue,
      open: (event, address) => openLink(event, address, this),
      command: (text) => this.act("says", { text }),
    };
    this.settle = () => { if (this.sticks) this.toEnd(); };
    this.sticks = true;
    this.build();
  }

  build() {
    const { person } = this;
    this.subtitle = el("span", { class: "who-title", dir: "auto" });
    this.name = el("span", { class: "who-name", dir: "auto" });
    this.avatar = el("span", { class: `avatar tone-${person.user_id % 6}`, "aria-hidden": "true" });
    const menu = el("button", {
      type: "button", class: "round small", "aria-label": this.words.more, "aria-haspopup": "menu", "aria-expanded": "false",
      onclick: (event) => this.personMenu(event.currentTarget),
    }, icon("more"));
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", "aria-label": person.name });
    this.empty = el("div", { class: "empty" });
    this.jumpDown = el("button", { type: "button", class: "jump", hidden: true, "aria-label": this.words.newMessages, onclick: () => this.toEnd() }, icon("down"));
    this.composer = new Composer(this);
    this.node = el("section", {
      class: "chat", id: `chat-${person.user_id}`, lang: language(person), dir: direction(person), "aria-label": person.name,
    },
      el("header", { class: "who" }, this.avatar, el("div", { class: "who-text" }, this.name, this.subtitle), menu),
      el("div", { class: "screen" }, this.log, this.jumpDown), this.composer.node);
    this.log.addEventListener("scroll", () => this.scrolled());
    new ResizeObserver(() => { this.settle(); this.size = this.measure(); }).observe(this.log);
    this.longPress();
    this.describe(person);
  }

  async load() {
    const [messages] = await Promise.all([api.messages(this.person.user_id), this.introduce()]);
    this.messages.clear();
    this.log.replaceChildren();
    for (const message of messages) this.show(message, false);
    this.drawEmpty();
    this.toEnd();
  }

  /** Ask what the bot says of itself in the person's language; it stands here while nothing else does. */
  async introduce() {
    const { description } = await api.profile(this.person.user_id);
    this.empty.replaceChildren(...(description ? [el("h2", {}, this.words.what), el("p", { dir: "auto" }, description)] : []));
    this.drawEmpty();
  }

  /** Take over what is known of the person. */
  describe(person) {
    this.person = person;
    this.name.textContent = person.name;
    this.title = person.title || person.username || "";
    this.subtitle.textContent = this.title;
    this.avatar.textContent = initials(person.name);
    this.node.classList.toggle("blocked", person.blocked);
    this.composer.refresh();
  }

  typing() {
    this.subtitle.textContent = this.words.typing;
    clearTimeout(this.typingEnds);
    this.typingEnds = setTimeout(() => { this.subtitle.textContent = this.title; }, 5000);
  }

  /** Show a new message, or an old one anew in its place. */
  show(message, live = true) {
    const known = this.log.querySelector(`[data-row="${message.message_id}"]`);
    this.messages.set(message.message_id, message);
    if (message.deleted) {
      known?.remove();
      this.tidyDays();
    } else if (known) {
      this.replace(known, bubble(message, this));
    } else {
      this.append(message, live);
    }
    if (live && this.sticks) this.toEnd();
  }

  append(message, live) {
    this.empty.remove();
    const day = new Date(message.date * 1000);
    const key = day.toDateString();
    if (key !== this.lastDay) {
      this.log.append(el("div", { class: "day", "data-day": key }, el("span", {}, this.day.format(day))));
      this.lastDay = key;
    }
    const row = bubble(message, this);
    if (live) row.classList.add("fresh");
    this.log.append(row);
    if (live && message.from_bot) {
      this.typingEnds && clearTimeout(this.typingEnds);
      this.subtitle.textContent = this.title;
      if (message.asks_reply && !this.composer.mode) this.composer.reply(message);
    }
    if (!message.from_bot) this.sticks = true;
    if (live && !this.sticks) this.markUnseen();
  }

  replace(old, fresh) {
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const place = focused?.dataset.place;
    old.replaceWith(fresh);
    if (!focused) return;
    const same = place && fresh.querySelector(`[data-place="${place}"]`);
    (same || fresh.querySelector(".key") || this.composer.field).focus({ preventScroll: true });
  }

  tidyDays() {
    for (const day of this.log.querySelectorAll(".day")) {
      if (!day.nextElementSibling || day.nextElementSibling.classList.contains("day")) {
        if (day.dataset.day === this.lastDay && !day.nextElementSibling) this.lastDay = null;
        day.remove();
      }
    }
  }

  drawEmpty() {
    if (!this.log.childElementCount && this.empty.childElementCount) this.log.append(this.empty);
  }

  measure() { return `${this.log.clientWidth} ${this.log.clientHeight}`; }

  scrolled() {
    // What moves because the column got another size was not moved by the reader.
    if (this.size !== this.measure()) { this.settle(); return; }
    this.sticks = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR;
    if (this.sticks) { this.unseen = 0; this.jumpDown.hidden = true; this.onSeen?.(); }
  }

  markUnseen() {
    this.unseen += 1;
    this.jumpDown.hidden = false;
    this.jumpDown.dataset.count = this.unseen;
  }

  toEnd() {
    this.log.scrollTop = this.log.scrollHeight;
    this.sticks = true;
  }

  jump(messageId) {
    const row = this.log.querySelector(`[data-row="${messageId}"]`);
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    row.classList.remove("flash");
    void row.offsetWidth;
    row.classList.add("flash");
  }

  lastOwn() {
    return [...this.messages.values()].reverse().find((message) => !message.from_bot && message.text && !message.deleted);
  }

  /** Do it when what this person did before has arrived: two requests on their way at once may overtake each other. */
  inTurn(does) {
    const done = this.before.then(does);
    this.before = done.catch(() => {});
    return done;
  }

  /** Let the person act; say so when it fails, and whether it went well. */
  async act(name, details = {}) {
    try {
      await this.inTurn(() => api.act(this.person.user_id, name, details));
      return true;
    } catch (error) {
      notice(error.message);
      return false;
    }
  }

  waits(messageId, data) {
    return [...this.pressed.values()].some((press) => press.messageId === messageId && press.data === data);
  }

  async press(message, button, key) {
    if (button.copy_text) { await navigator.clipboard?.writeText(button.copy_text.text); return; }
    if (!button.callback_data || key.getAttribute("aria-busy") === "true") return;
    key.setAttribute("aria-busy", "true");
    try {
      const { callback_id: id } = await this.inTurn(
        () => api.act(this.person.user_id, "presses", { message_id: message.message_id, button: button.callback_data }));
      if (this.early?.delete(id)) { this.settleKeys(message.message_id); return; }
      this.pressed.set(id, { messageId: message.message_id, data: button.callback_data });
    } catch (error) {
      key.removeAttribute("aria-busy");
      notice(error.message);
    }
  }

  /** The bot answered a press. */
  answered(answer) {
    if (!this.pressed.delete(answer.callback_id)) (this.early ??= new Set()).add(answer.callback_id);
    this.settleKeys(answer.message_id);
    if (!answer.text) return;
    if (answer.show_alert) alertBox(answer.text, this.words.ok, { lang: this.node.lang, dir: this.node.dir });
    else toast(this.node, answer.text);
  }

  settleKeys(messageId) {
    if ([...this.pressed.values()].some((press) => press.messageId === messageId)) return;
    for (const key of this.log.querySelectorAll(`[data-row="${messageId}"] [aria-busy]`)) key.removeAttribute("aria-busy");
  }

  actions(anchor, message) {
    const { words: say } = this;
    const text = message.text ?? message.caption;
    const items = [{ label: say.reply, act: () => this.composer.reply(message) }];
    if (!message.from_bot && message.text) items.push({ label: say.edit, act: () => this.composer.edit(message) });
    if (text) items.push({ label: say.copy, act: () => navigator.clipboard?.writeText(text) });
    showMenu(this.node, anchor, items, say.actions);
  }

  personMenu(anchor) {
    const { words: say, person } = this;
    const block = person.blocked ? { label: say.restart, act: () => this.act("unblocks") } : { label: say.block, act: () => this.act("blocks") };
    showMenu(this.node, anchor, person.deactivated ? [] : [block], say.more);
  }

  longPress() {
    let timer = 0;
    const open = (target) => {
      const row = target.closest?.(".row");
      const message = row && this.messages.get(Number(row.dataset.row));
      if (message) this.actions(row.querySelector(".dots"), message);
    };
    this.log.addEventListener("contextmenu", (event) => {
      if (event.target.closest("a, img")) return;
      event.preventDefault();
      open(event.target);
    });
    this.log.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "touch" || event.target.closest("button, a")) return;
      timer = setTimeout(() => open(event.target), LONG_PRESS);
    });
    for (const kind of ["pointerup", "pointermove", "pointercancel"]) {
      this.log.addEventListener(kind, () => clearTimeout(timer));
    }
  }
}

function initials(name) {
  return name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]).join("\u200c");
}
