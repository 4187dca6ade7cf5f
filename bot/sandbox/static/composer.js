// The foot of a chat: where its person writes, attaches, edits and starts.

import * as api from "./api.js";
import { el, icon } from "./dom.js";
import { notice, showMenu } from "./menus.js";

export class Composer {
  constructor(chat) {
    this.chat = chat;
    this.mode = null;
    const { words } = chat;
    this.field = el("textarea", {
      rows: "1", dir: "auto", placeholder: words.message, "aria-label": words.message, autocomplete: "off", enterkeyhint: "send",
    });
    this.file = el("input", { type: "file", class: "hidden", tabindex: "-1", "aria-hidden": "true" });
    this.send = el("button", { type: "submit", class: "round solid", "aria-label": words.send }, icon("send"));
    const attach = this.tool("attach", words.attach, (button) => this.attachMenu(button));
    const commands = this.tool("commands", words.commands, (button) => this.commandMenu(button));
    this.banner = el("div", { class: "banner", hidden: true });
    this.start = el("button", { type: "button", class: "start", onclick: () => this.begin() }, words.start);
    this.form = el("form", { class: "composer" }, commands, this.field, attach, this.send, this.file);
    this.node = el("div", { class: "composer-box" }, this.banner, this.form, this.start);
    this.listen();
  }

  tool(name, label, act) {
    return el("button", {
      type: "button", class: "round", "aria-label": label, "aria-haspopup": "menu", "aria-expanded": "false",
      onclick: (event) => act(event.currentTarget),
    }, icon(name));
  }

  listen() {
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.field.addEventListener("input", () => this.grow());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.file.addEventListener("change", () => this.upload());
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.mode) {
      this.leave();
    } else if (event.key === "ArrowUp" && !this.field.value && !this.mode) {
      const last = this.chat.lastOwn();
      if (last) { event.preventDefault(); this.edit(last); }
    } else if (event.key === "/" && !this.field.value) {
      setTimeout(() => this.field.value === "/" && this.commandMenu(this.form.querySelector(".round")), 0);
    }
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 160)}px`;
  }

  /** Show what fits the person's state: a start, an unblock, or the field. */
  refresh() {
    const { person, words } = this.chat;
    const idle = person.blocked || person.deactivated || !person.started;
    this.form.hidden = idle;
    this.start.hidden = !idle;
    this.start.disabled = person.deactivated;
    this.start.textContent = person.deactivated ? words.gone : person.blocked ? words.restart : words.start;
  }

  begin() {
    const { person } = this.chat;
    if (person.blocked) this.chat.act("unblocks");
    else this.chat.act("starts", person.start ? { payload: person.start } : {});
    setTimeout(() => this.field.focus(), 150);
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    const mode = this.mode;
    this.leave();
    this.field.value = "";
    this.grow();
    const done = mode?.kind === "edit"
      ? await this.chat.act("edits", { message_id: mode.message.message_id, text })
      : await this.chat.act("says", { text, ...(mode ? { reply_to: mode.message.message_id } : {}) });
    if (!done) this.field.value = text;
  }

  edit(message) {
    this.enter("edit", message, this.chat.words.editing);
    this.field.value = message.text;
    this.grow();
  }

  reply(message) {
    this.enter("reply", message, this.chat.words.reply);
  }

  enter(kind, message, label) {
    this.mode = { kind, message };
    const text = message.text || message.caption || "…";
    const cancel = el("button", {
      type: "button", class: "round small", "aria-label": this.chat.words.cancel, onclick: () => { this.leave(); this.field.focus(); },
    }, icon("close"));
    this.banner.replaceChildren(el("span", { class: "banner-text" }, el("strong", {}, label), el("span", { dir: "auto" }, text.slice(0, 100))), cancel);
    this.banner.hidden = false;
    this.field.focus();
  }

  leave() {
    if (this.mode?.kind === "edit") { this.field.value = ""; this.grow(); }
    this.mode = null;
    this.banner.hidden = true;
  }

  attachMenu(button) {
    const { words } = this.chat;
    const choose = (kind, accept) => { this.kind = kind; this.file.accept = accept; this.file.click(); };
    const send = (label, name, details) => ({ label, act: () => this.chat.act(name, details) });
    showMenu(this.chat.node, button, [
      { label: words.document, act: () => choose("document", "") },
      { label: words.photo, act: () => choose("photo", "image/png,image/jpeg") },
      send(words.contact, "sends_contact", {}),
      send(words.other, "sends_contact", { own: false, name: "Karim Saleh" }),
      send(words.location, "sends_location", {}),
      send(words.voice, "sends_voice", {}),
      send(words.sticker, "sends_sticker", {}),
      send(words.forward, "forwards", { text: this.field.value.trim() || "…", origin: "Karim Saleh" }),
    ], words.attach);
  }

  async commandMenu(button) {
    const { commands } = await api.profile(this.chat.person.user_id).catch(() => ({ commands: [] }));
    const { words } = this.chat;
    if (!commands.length) { notice(words.noCommands); return; }
    const items = commands.map(({ command, description }) => ({
      label: description, hint: `/${command}`,
      act: () => { this.field.value = ""; this.chat.act("says", { text: `/${command}` }); this.field.focus(); },
    }));
    showMenu(this.chat.node, button, items, words.commands);
  }

  async upload() {
    const [file] = this.file.files;
    this.file.value = "";
    if (!file) return;
    const caption = this.field.value.trim();
    this.field.value = "";
    try {
      await api.sendFile(this.chat.person.user_id, file, this.kind, caption);
    } catch (error) {
      this.field.value = caption;
      notice(error.message);
    }
    this.field.focus();
  }
}
