// The packet can be had more than once from this screen: opened, and then printed.
const form = document.querySelector("[data-confirm]");
form.addEventListener("submit", ({ submitter }) => {
  if (submitter?.value !== "print") setTimeout(() => delete form.dataset.sent, 500);
});
