// The form looks after itself: problems at their fields, the timeline and the pages beside it.
// The desk's program judges; this only asks it, and shows what it says.
import { calmly, post, say } from "./desk.js";

const form = document.querySelector("[data-plan]");
const days = form.querySelector("[data-days]");
const pages = form.querySelector("[data-pages]");
const left = form.querySelector("[data-left]");
const touched = new Set();
let changed = false;
let asked = 0;

const made = (tag, text, name) => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (name) element.className = name;
  return element;
};

const hint = (place) => place.classList.remove("old") || place.replaceChildren(made("p", place.dataset.empty, "hint"));

const showProblems = (problems) => {
  const first = new Map([...problems].reverse());
  const everything = touched.has("*");
  for (const place of form.querySelectorAll("[data-error]")) {
    const name = place.dataset.error;
    const shown = first.has(name) && (everything || touched.has(name));
    place.hidden = !shown;
    place.textContent = shown ? first.get(name) : "";
    form.querySelector(`:is(input, select)[id="${CSS.escape(name)}"]`)?.setAttribute("aria-invalid", shown);
  }
  const count = problems.length;
  say(left, count ? left.dataset.words.replace("{count}", count) : left.dataset.whole);
};

let said = "";
const showDays = (found) => {
  const now = JSON.stringify(found);
  if (now === said) return;  // what did not change is not read aloud again
  said = now;
  if (!found.length) { hint(days); return; }
  days.replaceChildren();
  for (const { day, steps } of found) {
    const list = made("ul");
    for (const [time, text, past] of steps) {
      const step = made("li", "", past ? "past" : "");
      if (time) step.append(made("b", time), " ");
      step.append(text, past ? ` – ${days.dataset.past}` : "");
      list.append(step);
    }
    days.append(made("h3", day), list);
  }
};

const showPages = async (mine) => {
  const answer = await post(`${form.dataset.plan}/pages`, new FormData(form));
  if (mine !== asked) return;
  if (!answer.ok) { hint(pages); return; }
  const found = (await answer.json()).pages;
  pages.classList.remove("old");
  pages.replaceChildren(...found.map((address, place) => {
    const picture = made("img");
    picture.alt = pages.dataset.alt.replace("{number}", place + 1).replace("{count}", found.length);
    picture.src = address;
    return picture;
  }));
};

const look = calmly(async () => {
  asked += 1;
  const mine = asked;
  try {
    const answer = await post(`${form.dataset.plan}/look`, new FormData(form));
    if (mine !== asked) return;
    if (answer.status === 401) { say(left, left.dataset.expired); return; }
    if (!answer.ok) return;
    const found = await answer.json();
    showProblems(found.problems);
    showDays(found.days);
    if (found.whole) await showPages(mine);
    else hint(pages);
  } catch {
    if (mine === asked) say(left, left.dataset.gone);
  }
}, 350);

// A name that is not ready yet is not wrong yet: a field is judged when it has been left.
form.addEventListener("focusout", ({ target }) => {
  if (target.name && target.value) touched.add(target.name);
  look();
});
form.addEventListener("input", ({ target }) => {
  changed = true;
  pages.classList.add("old");  // they show what was there before this letter
  if (target.type === "radio" || target.type === "checkbox") touched.add(target.name);
  look();
});

form.addEventListener("click", ({ target }) => {
  const name = target.dataset.add;
  if (name) {
    const list = form.querySelector(`[data-list="${name}"]`);
    const numbers = [...list.children].map((row) => Number(row.dataset.row));
    const number = Math.max(-1, ...numbers) + 1;
    const blank = form.querySelector(`template[data-blank="${name}"]`).innerHTML;
    list.insertAdjacentHTML("beforeend", blank.replaceAll("__N__", number));
    list.lastElementChild.querySelector("input, select").focus();
    const none = form.elements[`none.${name}`];
    if (none) none.checked = false;
  }
  if (target.matches("[data-remove]")) {
    const list = target.closest("[data-list]");
    target.closest("[data-row]").remove();
    form.querySelector(`[data-add="${list.dataset.list}"]`).focus();
    look();
  }
});

// What was typed is nowhere else: the browser asks before it goes.
form.addEventListener("submit", () => { form.dataset.leaves = "yes"; });
addEventListener("pageshow", () => delete form.dataset.leaves);
addEventListener("beforeunload", (event) => { if (changed && !form.dataset.leaves) event.preventDefault(); });

if (document.querySelector("[data-summary]")) {
  touched.add("*");
  document.querySelector("[data-summary]").focus();
}
if ([...new FormData(form)].some(([name, value]) => name === "patient.record_id" && value)) touched.add("*");
look();
