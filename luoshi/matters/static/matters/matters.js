/* Days offered beside a date input: a click fills the input. Without script they stay hidden. */
document.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-fill] button");
  if (!chip) return;
  const input = document.getElementById(chip.parentElement.dataset.fill);
  input.value = chip.value;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus();
});

const show = (root) => root.querySelectorAll("[data-fill]").forEach((chips) => { chips.hidden = false; });
document.addEventListener("DOMContentLoaded", () => show(document));
document.addEventListener("htmx:afterSwap", (event) => show(event.target));

/* From 1200 px a matter opens beside the list: the pane is made room for before htmx asks for it. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-pane]");
  const split = link && link.closest("[data-split]");
  if (split && window.matchMedia("(min-width: 1200px)").matches) split.classList.add("open");
}, true);

/* On a phone the act's button floats while its form is out of sight. */
document.addEventListener("DOMContentLoaded", () => {
  const thumb = document.querySelector(".thumb");
  const acts = document.getElementById("acts");
  if (!thumb || !acts || !("IntersectionObserver" in window)) return;
  new IntersectionObserver((seen) => { thumb.hidden = seen[0].isIntersecting; }).observe(acts);
});

/* Rows of a roadmap: of the empty ones only the first stays in sight, 再加一步 brings out the next. */
const rows = (root) => root.querySelectorAll("[data-step-rows]").forEach((box) => {
  const more = box.querySelector("[data-more-steps]");
  const blank = [...box.querySelectorAll("tr[data-blank]")].slice(2);
  blank.forEach((row) => { row.hidden = true; });
  more.hidden = blank.length === 0;
  more.addEventListener("click", () => {
    const next = blank.shift();
    next.hidden = false;
    next.querySelector("input").focus();
    more.hidden = blank.length === 0;
  });
});
document.addEventListener("DOMContentLoaded", () => rows(document));
document.addEventListener("htmx:afterSwap", (event) => rows(event.target));
