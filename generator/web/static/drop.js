// A file may be dropped instead of chosen.
const place = document.querySelector("[data-drop]");
const input = place.querySelector("input[type=file]");

for (const name of ["dragenter", "dragover"]) {
  place.addEventListener(name, (event) => { event.preventDefault(); place.classList.add("over"); });
}
for (const name of ["dragleave", "drop"]) {
  place.addEventListener(name, () => place.classList.remove("over"));
}
place.addEventListener("drop", (event) => {
  event.preventDefault();
  if (!event.dataTransfer.files.length) return;
  input.files = event.dataTransfer.files;
  place.requestSubmit();
});
