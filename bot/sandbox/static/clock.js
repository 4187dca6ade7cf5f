// The strip with the sandbox's clock, which moves forward only.

import * as api from "./api.js";
import { notice } from "./menus.js";

const shown = new Intl.DateTimeFormat("en-GB", {
  weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short",
});
const UNKNOWN = "The bot has not said yet what happens next.";
let ahead = 0;
let upcoming = null;

/** Take over the sandbox's time. */
export function setClock(clock) {
  ahead = Date.parse(clock.now) - Date.now();
  upcoming = clock.next;
  tick();
}

export function now() {
  return new Date(Date.now() + ahead);
}

function tick() {
  const node = document.getElementById("now");
  node.dateTime = now().toISOString();
  const text = shown.format(now());
  if (node.textContent !== text) node.textContent = text;
  showNext();
}

/** Say when the next thing happens and what it is; while none is known, the button says so and keeps the focus. */
function showNext() {
  const known = upcoming !== null && Date.parse(upcoming.at) > now().getTime();
  document.getElementById("next").setAttribute("aria-disabled", String(!known));
  const node = document.getElementById("next-what");
  const text = known ? `${shown.format(new Date(upcoming.at))} · ${upcoming.what}` : UNKNOWN;
  if (node.textContent !== text) node.textContent = text;
}

function goToNext(event) {
  if (event.currentTarget.getAttribute("aria-disabled") === "true") notice(UNKNOWN);
  else move(api.toNext());
}

async function move(step) {
  try {
    setClock(await step);
  } catch (error) {
    notice(error.message);
  }
}

/** The local form that a date-time field wants. */
function local(date) {
  return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

export function startClock() {
  for (const button of document.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => move(api.advance(Number(button.dataset.step))));
  }
  document.getElementById("next").addEventListener("click", goToNext);
  const field = document.getElementById("moment");
  field.addEventListener("focus", () => { field.min = local(now()); if (!field.value) field.value = local(new Date(now().getTime() + 60000)); });
  document.getElementById("clock-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const moment = new Date(field.value);
    if (moment <= now()) { notice("The sandbox's clock moves forward only."); return; }
    move(api.moveTo(moment.toISOString()));
    field.value = "";
  });
  setInterval(tick, 1000);
}
