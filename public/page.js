/** Fills in the address at which this page was opened. */
for (const place of document.querySelectorAll("[data-base]")) {
  place.textContent = `${location.origin}/v1`;
}
for (const place of document.querySelectorAll("[data-origin]")) {
  place.textContent = location.origin;
}
