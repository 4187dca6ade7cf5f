// Speak with the sandbox: acts of the people, and the stream of news.

export const AWAY = "No connection to the sandbox. Your text is kept here.";

let connected = () => {};

async function ask(path, options = {}) {
  const response = await fetch(path, options).catch(() => { connected(false); throw new Error(AWAY); });
  connected(true);
  const content = await response.json().catch(() => ({ error: `The sandbox answered ${response.status}.` }));
  if (!response.ok) throw new Error(content.error || `The sandbox answered ${response.status}.`);
  return content;
}

const post = (path, content) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) });

export const state = () => ask("/sim/state");
export const messages = (userId) => ask(`/sim/people/${userId}/messages`);
export const profile = (userId) => ask(`/sim/people/${userId}/profile`);
export const addPerson = (person) => post("/sim/people", person);
export const act = (userId, name, details = {}) => post(`/sim/people/${userId}/act`, { act: name, ...details });
export const advance = (seconds) => post("/sim/clock", { advance_seconds: seconds });
export const toNext = () => post("/sim/next", {});
export const moveTo = (moment) => post("/sim/clock", { to: moment });

export function sendFile(userId, file, kind, caption) {
  const form = new FormData();
  form.append("as", kind);
  form.append("caption", caption);
  form.append("file", file);
  return ask(`/sim/people/${userId}/file`, { method: "POST", body: form });
}

/** Follow the news after the event `last`; `heard(kind, content)` for each, `changed(bool)` when the line goes or returns. */
export function follow(last, heard, changed) {
  const kinds = ["message", "callback", "person", "clock", "action", "commands", "description", "bot", "reset"];
  let source = null;
  connected = changed;
  function open() {
    source = new EventSource(`/sim/events?after=${encodeURIComponent(last)}`);
    source.addEventListener("open", () => connected(true));
    source.addEventListener("error", () => {
      connected(false);
      if (source.readyState === EventSource.CLOSED) setTimeout(() => source.readyState === EventSource.CLOSED && open(), 1500);
    });
    for (const kind of kinds) {
      source.addEventListener(kind, (event) => {
        if (event.lastEventId) last = event.lastEventId;
        heard(kind, JSON.parse(event.data));
      });
    }
  }
  open();
  // A line that was cut may stay silent for long. The browser tells of a change, which may not concern this machine: try.
  window.addEventListener("offline", () => state().catch(() => {}));
  window.addEventListener("online", () => { source.close(); open(); });
}
