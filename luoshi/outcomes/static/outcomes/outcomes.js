/* Counts a summary's characters while one types, figures in their place, and puts a figure where the cursor stands. */
(() => {
  "use strict";
  const area = document.querySelector("[data-count-text]");
  const counter = document.querySelector("[data-counter]");
  if (!area || !counter) return;
  const values = JSON.parse(area.dataset.values || "{}");
  const others = Number(area.dataset.others || "0");
  const most = Number(counter.dataset.most);
  const count = () => {
    const text = area.value.replace(/〔([^〔〕\n]{1,60})〕/g, (all, name) => (name in values ? values[name] : all));
    const total = others + Array.from(text.replace(/\s/g, "")).length;
    counter.textContent = total > most
      ? `全文${total}字，超过${most}字，还要删去${total - most}字。`
      : `全文${total}字，不超过${most}字。`;
  };
  area.addEventListener("input", count);
  for (const button of document.querySelectorAll("[data-insert]")) {
    button.addEventListener("click", () => {
      area.setRangeText(button.dataset.insert, area.selectionStart, area.selectionEnd, "end");
      area.focus();
      count();
    });
  }
  count();
})();
