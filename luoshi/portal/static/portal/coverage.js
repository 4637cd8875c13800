/* The coverage map folds and unfolds; arrows walk it. Without script everything stays open. */
(function () {
  "use strict";
  const table = document.querySelector("table[data-tree]");
  if (!table) return;
  const rows = Array.from(table.querySelectorAll("tr[data-pk]"));
  const depth = (row) => Number(row.dataset.depth);
  const fold = (row) => row.querySelector(".fold");
  const below = (row) => {
    const from = rows.indexOf(row) + 1;
    const end = rows.findIndex((one, at) => at >= from && depth(one) <= depth(row));
    return rows.slice(from, end < 0 ? rows.length : end);
  };
  function set(row, open) {
    fold(row).setAttribute("aria-expanded", String(open));
    let shut = null;
    below(row).forEach((one) => {
      if (shut !== null && depth(one) <= shut) shut = null;
      one.hidden = !open || shut !== null;
      if (shut === null && fold(one) && fold(one).getAttribute("aria-expanded") === "false") shut = depth(one);
    });
  }
  function walk(row, step) {
    const seen = rows.filter((one) => !one.hidden);
    const next = seen[seen.indexOf(row) + step];
    if (next) (fold(next) || next.querySelector("th a")).focus();
  }
  document.documentElement.classList.add("live");
  rows.forEach((row) => {
    if (!fold(row)) return;
    if (below(row).some((one) => one.hidden && depth(one) === depth(row) + 1)) fold(row).setAttribute("aria-expanded", "false");
    fold(row).addEventListener("click", () => set(row, fold(row).getAttribute("aria-expanded") === "false"));
  });
  table.addEventListener("keydown", (event) => {
    const row = event.target.closest("tr[data-pk]");
    if (!row || !event.target.closest("th")) return;
    const keys = { ArrowDown: () => walk(row, 1), ArrowUp: () => walk(row, -1), ArrowRight: () => fold(row) && set(row, true), ArrowLeft: () => fold(row) && set(row, false) };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
