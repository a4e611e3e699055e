// Search as one types; the arrow keys choose; Enter prints what stands, and opens what does not.
import { say } from "./desk.js";

const form = document.querySelector("[data-quick]");
const search = document.querySelector("#search");
const go = form.querySelector("[data-go]");
const found = document.querySelector("[data-found]");
const cards = [...document.querySelectorAll(".card")];
const grid = document.querySelector("#grid");
const canPrint = form.querySelector("[name=printer]") !== null;
let shown = cards;
let chosen = null;

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// Words that begin with what was typed count more than those that hold it.
const rank = (card, words) => {
  const text = ` ${card.dataset.words}`;
  if (!words.every((word) => text.includes(word))) return 0;
  const title = ` ${folded(card.querySelector(".name").textContent)}`;
  if (words.every((word) => title.includes(` ${word}`))) return 3;
  return words.every((word) => text.includes(` ${word}`)) ? 2 : 1;
};

const choose = (card) => {
  chosen?.classList.remove("chosen");
  chosen = card;
  go.disabled = !card;
  go.textContent = go.dataset.none;
  if (!card) return;
  card.classList.add("chosen");
  card.scrollIntoView({ block: "nearest" });
  form.handout.value = card.dataset.id;
  form.language.value = card.dataset.language;
  const prints = canPrint && card.dataset.stands === "yes";
  const name = card.querySelector(".name").textContent;
  go.textContent = (prints ? go.dataset.print : go.dataset.open).replace("{title}", name);
};

const look = () => {
  const words = folded(search.value).split(/\s+/).filter(Boolean);
  const ranks = new Map(cards.map((card) => [card, rank(card, words)]));
  shown = cards.filter((card) => ranks.get(card));
  if (words.length) shown.sort((a, b) => ranks.get(b) - ranks.get(a));
  for (const card of cards) card.hidden = !ranks.get(card);
  grid.append(...shown);
  choose(words.length ? shown[0] ?? null : null);
  const said = shown.length ? found.dataset.words.replace("{count}", shown.length) : found.dataset.nothing;
  const title = chosen ? `: ${chosen.querySelector(".name").textContent}` : "";
  say(found, words.length ? said + title : "");
};

search.addEventListener("input", look);
search.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !shown.length) return;
  event.preventDefault();
  const next = shown[(shown.indexOf(chosen) + step + shown.length) % shown.length];
  choose(next);
  say(found, next.querySelector(".name").textContent);
});

form.addEventListener("submit", (event) => {
  if (!chosen) { event.preventDefault(); return; }
  if (!canPrint || chosen.dataset.stands !== "yes") {
    event.preventDefault();
    location.assign(chosen.querySelector("a").href);
  }
}, { capture: true });

look();
