// What every page of the desk does. Without scripts the desk still works, with more clicks.

/** Put a message where a screen reader hears it. */
export const say = (place, text) => { if (place) place.textContent = text; };

/** Post a form's fields with the session's token; answers the response. */
export const post = (path, form) => fetch(path, {
  method: "POST",
  body: form,
  headers: { "x-desk-token": document.querySelector("input[name=token]")?.value ?? "" },
});

/** Call a function once, when nothing happened for so many milliseconds. */
export const calmly = (action, wait) => {
  let timer;
  return (...said) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...said), wait);
  };
};

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
