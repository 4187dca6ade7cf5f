// The foot of a chat: where its person writes, attaches, edits and starts.

import * as api from "./api.js";
import { el, icon } from "./dom.js";
import { closeMenu, notice, showMenu } from "./menus.js";

export class Composer {
  constructor(chat) {
    this.chat = chat;
    this.mode = null;
    this.draft = "";
    this.starting = false;
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
      setTimeout(() => this.bareSlash() && this.commandMenu(this.form.querySelector(".round"), () => this.bareSlash()), 0);
    }
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 160)}px`;
  }

  /** Show what fits the person's state: a start, an unblock, or the field; the field at once when a start is on its way. */
  refresh() {
    const { person, words } = this.chat;
    const idle = person.blocked || person.deactivated || !person.started;
    if (!idle) this.starting = false;
    this.form.hidden = idle && !this.starting;
    this.start.hidden = !this.form.hidden;
    this.start.disabled = person.deactivated;
    this.start.textContent = person.deactivated ? words.gone : person.blocked ? words.restart : words.start;
  }

  /** Start, or return. The field is there at once: what is typed into it goes out behind the start. */
  async begin() {
    const { person } = this.chat;
    this.starting = true;
    this.refresh();
    this.field.focus();
    const done = person.blocked
      ? await this.chat.act("unblocks")
      : await this.chat.act("starts", person.start ? { payload: person.start } : {});
    if (!done) { this.starting = false; this.refresh(); }
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    const mode = this.mode;
    this.field.value = "";
    this.leave();
    this.grow();
    const done = mode?.kind === "edit"
      ? await this.chat.act("edits", { message_id: mode.message.message_id, text })
      : await this.chat.act("says", { text, ...(mode ? { reply_to: mode.message.message_id } : {}) });
    if (done) return;
    this.giveBack(text);
    if (mode && !this.mode) this.enter(mode.kind, mode.message, mode.label);
  }

  /** Put what could not be sent back into the field, before what was typed since. */
  giveBack(text) {
    this.field.value = [text, this.field.value].filter(Boolean).join("\n");
    this.grow();
  }

  edit(message) {
    if (this.mode?.kind !== "edit") this.draft = this.field.value;
    this.enter("edit", message, this.chat.words.editing);
    this.field.value = message.text;
    this.grow();
  }

  reply(message) {
    this.enter("reply", message, this.chat.words.reply);
  }

  enter(kind, message, label) {
    this.mode = { kind, message, label };
    const text = message.text || message.caption || "…";
    const cancel = el("button", {
      type: "button", class: "round small", "aria-label": this.chat.words.cancel, onclick: () => { this.leave(); this.field.focus(); },
    }, icon("close"));
    this.banner.replaceChildren(el("span", { class: "banner-text" }, el("strong", {}, label), el("span", { dir: "auto" }, text.slice(0, 100))), cancel);
    this.banner.hidden = false;
    if (!this.writesElsewhere()) this.field.focus();
  }

  /** Whether somebody writes in another chat just now: nothing that arrives here may take their keys. */
  writesElsewhere() {
    const here = document.activeElement;
    return Boolean(here?.matches("textarea, input")) && !this.chat.node.contains(here);
  }

  leave() {
    if (this.mode?.kind === "edit") { this.field.value = this.draft; this.draft = ""; this.grow(); }
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

  /** Whether nothing but the slash stands in the field, and the person is there. */
  bareSlash() { return this.field.value === "/" && document.activeElement === this.field; }

  /** Offer the bot's commands; `wanted` is asked again when they have come, for a person may have typed on meanwhile. */
  async commandMenu(button, wanted = () => true) {
    const { commands } = await api.profile(this.chat.person.user_id).catch(() => ({ commands: [] }));
    const { words } = this.chat;
    if (!wanted()) return;
    if (!commands.length) { notice(words.noCommands); return; }
    const items = commands.map(({ command, description }) => ({
      label: description, hint: `/${command}`,
      act: () => {
        if (this.field.value === "/") this.field.value = "";
        this.chat.act("says", { text: `/${command}` });
        this.field.focus();
      },
    }));
    const menu = showMenu(this.chat.node, button, items, words.commands);
    menu?.addEventListener("keydown", (event) => this.typedInMenu(event));
  }

  /** Who types on over the menu writes in the field: the key is theirs, the menu was an offer. */
  typedInMenu(event) {
    const writes = [...event.key].length === 1 && event.key !== " ";
    if (event.ctrlKey || event.metaKey || event.altKey || !(writes || event.key === "Backspace")) return;
    closeMenu();
    this.field.focus();
  }

  async upload() {
    const [file] = this.file.files;
    this.file.value = "";
    if (!file) return;
    const caption = this.field.value.trim();
    this.field.value = "";
    try {
      await this.chat.inTurn(() => api.sendFile(this.chat.person.user_id, file, this.kind, caption));
    } catch (error) {
      this.giveBack(caption);
      notice(error.message);
    }
    this.field.focus();
  }
}
