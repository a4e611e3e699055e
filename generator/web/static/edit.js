// The pages follow the files: when somebody saves, new pictures take the places of the old ones.
import { say } from "./desk.js";

const place = document.querySelector("[data-pages]");
const state = document.querySelector("[data-state]");
const problems = document.querySelector("[data-problems]");
const notes = document.querySelector("[data-notes]");
const levels = document.querySelector("[data-levels]");
const count = document.querySelector("[data-count]");
const slide = document.querySelector("[data-slide]");
const query = location.search;
let asked = 0;
let waiting = null;

const made = (tag, text, name) => {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  if (name) element.className = name;
  return element;
};

const linked = (text, link) => {
  const code = made("code");
  if (!link) { code.textContent = text; return code; }
  const anchor = made("a", text);
  anchor.href = link;
  code.append(anchor);
  return code;
};

const listed = (list, found) => list.replaceChildren(...found.map(({ place: at, link, grade, message }) => {
  const item = made("li", "", grade);
  item.append(made("b", problems.dataset[grade]), " ", made("span", message), made("br"), linked(at, link));
  return item;
}));

// What has to be mended stands on the page; what is good to know can be opened.
const showProblems = (found) => {
  const mend = found.filter(({ grade }) => grade !== "note");
  const know = found.filter(({ grade }) => grade === "note");
  say(count, mend.length ? `(${mend.length})` : "");
  listed(problems, mend);
  if (!mend.length) problems.append(made("li", problems.dataset.none, "hint"));
  notes.hidden = !know.length;
  say(notes.querySelector("summary span"), `(${know.length})`);
  listed(notes.querySelector("ul"), know);
};

const showLevels = (found) => {
  levels.replaceChildren(...found.map(({ name, link, said, verdict }) => {
    const item = made("li", "", ["fine", "hard", "far"][verdict]);
    item.append(name ? linked(name, link) : made("b", levels.dataset.whole), ` ${said}`);
    return item;
  }));
  if (!found.length) levels.append(made("li", levels.dataset.none, "hint"));
};

// A picture is shown when it is there; until then the old one stays, so that nothing jumps.
const picture = (address) => new Promise((done) => {
  const image = new Image();
  image.addEventListener("load", () => done(image), { once: true });
  image.addEventListener("error", () => done(image), { once: true });
  image.src = address;
});

const cut = () => {
  if (slide) for (const image of place.querySelectorAll(".now")) image.style.clipPath = `inset(0 0 0 ${slide.value}%)`;
};

const frame = (number) => {
  const known = place.children[number];
  if (known) return known;
  const box = made("div", "", `frame ${place.dataset.kind}`);
  place.append(box);
  return box;
};

const showPage = async (number, address, total, before) => {
  const box = frame(number);
  if (box.dataset.address === address) return;
  const image = await picture(address);
  image.className = "now";
  image.alt = place.dataset.alt.replace("{number}", number + 1).replace("{count}", total);
  const shown = [image];
  if (before[number]) {
    const then = await picture(before[number]);
    then.className = "then";
    then.alt = place.dataset.then.replace("{number}", number + 1);
    shown.unshift(then);
  }
  box.replaceChildren(...shown);
  box.dataset.address = address;
  cut();
};

// The pages in view first: they are what somebody waits for.
const inView = () => {
  const far = ({ top, bottom }) => Math.max(0, top - innerHeight, -bottom);
  return [...place.children].map((box, number) => [far(box.getBoundingClientRect()), number])
    .sort((a, b) => a[0] - b[0]).map(([, number]) => number);
};

const refresh = async () => {
  asked += 1;
  const mine = asked;
  waiting?.abort();
  waiting = new AbortController();
  say(state, state.dataset.making);
  try {
    const answer = await fetch(`${place.dataset.pages}/state${query}`, { signal: waiting.signal });
    const found = await answer.json();
    if (mine !== asked) return;
    if (found.problems) {
      say(state, state.dataset.old);
      showProblems(found.problems);
      return;
    }
    const total = found.pages.length;
    while (place.children.length > total) place.lastElementChild.remove();
    const order = inView();
    for (let number = place.children.length; number < total; number += 1) {
      frame(number);
      order.push(number);
    }
    for (const number of order) {
      await showPage(number, found.pages[number], total, found.before);
      if (mine !== asked) return;
    }
    say(state, state.dataset.fresh);
    place.dataset.shown = found.mark;
    const look = await (await fetch(`${place.dataset.pages}/look${query}`, { signal: waiting.signal })).json();
    if (mine !== asked) return;
    showProblems(look.problems);
    showLevels(look.levels);
  } catch (error) {
    if (error.name !== "AbortError" && mine === asked) say(state, state.dataset.gone);
  }
};

// A tab that nobody looks at holds no line open: a browser has only a few.
let line = null;
const listen = () => {
  line?.close();
  line = null;
  if (document.hidden) return;
  line = new EventSource("/edit/events");
  line.addEventListener("message", ({ data }) => { if (data !== place.dataset.shown) refresh(); });
  line.addEventListener("error", () => say(state, state.dataset.gone));
  line.addEventListener("open", () => { if (place.dataset.shown) say(state, state.dataset.fresh); });
};
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => line?.close());
slide?.addEventListener("input", cut);
listen();
