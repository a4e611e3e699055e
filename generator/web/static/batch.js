// A run's progress, a look each second; when it is over, the page that says so.
import { say } from "./desk.js";

const run = document.querySelector("[data-run]");
const said = run?.querySelector("[data-said]");
const bar = run?.querySelector("[data-bar]");

const look = async () => {
  try {
    const { phase, done, failed, total } = await (await fetch(`${run.dataset.run}/progress`)).json();
    if (phase !== "running" && phase !== "stopping") { location.reload(); return; }
    if (total) {
      bar.max = total;
      bar.value = done;
      const words = said.dataset.words.replace("{done}", done).replace("{total}", total);
      say(said, words.replace("{failed}", failed));
    }
    if (phase === "stopping") say(said, said.dataset.stopping);
  } catch { /* the desk is being opened again: ask later */ }
  setTimeout(look, 1000);
};
if (run) look();
