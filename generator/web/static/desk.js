// What every page of the desk does. Without scripts the desk still works, with more clicks.

/** Put a message where a screen reader hears it. */
export const say = (place, text) => { if (place) place.textContent = text; };

/** Post a form's fields with the session's token; answers the response. */
export const post = async (path, form) => {
  const token = () => document.querySelector("input[name=token]")?.value ?? "";
  const send = () => fetch(path, { method: "POST", body: form, headers: { "x-desk-token": token() } });
  const answer = await send();
  if (answer.status !== 403) return answer;
  const fresh = await fetch("/token");  // the session is another one: somebody came in again
  if (!fresh.ok) return fresh;
  const now = await fresh.text();
  for (const input of document.querySelectorAll("input[name=token]")) input.value = now;
  return send();
};

/** Call a function once, when nothing happened for so many milliseconds. */
export const calmly = (action, wait) => {
  let timer;
  return (...said) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...said), wait);
  };
};

// The answer to "Sent" is said once: a page that is loaded again has printed nothing.
if (location.search.includes("sent=")) history.replaceState(null, "", location.pathname);

// Another language, and what was typed stays: the form is sent along, and shown again.
document.querySelector(".tongue")?.addEventListener("submit", async (event) => {
  const form = document.querySelector("[data-plan], [data-confirm]");
  if (!form) return;
  event.preventDefault();
  await post("/language", new FormData(event.target, event.submitter));
  const kept = document.createElement("input");
  Object.assign(kept, { type: "hidden", name: "do", value: form.matches("[data-plan]") ? "back" : "confirm" });
  form.append(kept);
  form.action = form.dataset.plan ?? form.dataset.confirm;
  form.noValidate = true;
  form.dataset.leaves = "yes";
  form.submit();
}, { capture: true });

// A form is sent once, however often somebody presses.
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 4000);
});

// Back from another page, the browser may show the old one: everything can be pressed again.
addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
