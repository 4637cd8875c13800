/* The reading screen by keyboard and by eye: one duty is chosen, its sentence is in sight. */
(function () {
  "use strict";
  const list = document.getElementById("duties");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const find = (pk) => document.getElementById("duty-" + pk);

  /* An answer that refuses (somebody was faster, not allowed) is a whole page: show it. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if (status < 400 || !event.detail.xhr.responseText.includes("<main")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    event.detail.target = document.querySelector("main");
    event.detail.selectOverride = "main";
    event.detail.swapOverride = "outerHTML";
  });

  /* A slot has a parameter of one shape: only its fields are shown. */
  function shape(form) {
    const slot = form.elements.slot;
    if (!slot) return;
    const known = Object.fromEntries(form.dataset.shapes.split(" ").map((one) => one.split(":")));
    const wanted = { DEADLINE: ["number", "unit"], QUOTA: ["number", "unit", "period"], LADDER: ["steps"] }[known[slot.value]] || [];
    ["number", "unit", "period", "steps"].forEach((name) => {
      form.elements[name].closest(".field").hidden = !wanted.includes(name) && !form.elements[name].closest(".has-error");
    });
  }
  const shapes = (root) => root.querySelectorAll("form[data-shapes]").forEach(shape);
  document.addEventListener("change", (event) => { const form = event.target.closest("form[data-shapes]"); if (form) shape(form); });

  shapes(document);
  if (!list) return;

  /* Choosing: the row, its sentence, both in sight. */
  let here = 0;
  list.classList.add("live");
  const rows = () => Array.from(list.children);
  function choose(row, focus) {
    if (!row) return;
    list.querySelectorAll(".here").forEach((one) => { one.classList.remove("here"); one.tabIndex = -1; });
    document.querySelectorAll(".said.here").forEach((one) => one.classList.remove("here"));
    row.classList.add("here");
    row.tabIndex = 0;
    here = rows().indexOf(row);
    document.querySelectorAll('.said[data-of~="' + row.dataset.pk + '"]').forEach((one) => one.classList.add("here"));
    const tag = document.getElementById("at-" + row.dataset.pk);
    const text = document.querySelector(".reader-text");
    if (tag) text.scrollTo({ top: tag.offsetTop - text.clientHeight / 3, behavior: calm });
    row.scrollIntoView({ block: "nearest" });
    if (focus) row.focus({ preventScroll: true });
  }
  const current = () => rows()[Math.min(here, rows().length - 1)];
  const press = (key) => { const one = current().querySelector('[data-key="' + key + '"]'); if (one) one.click(); };
  const picked = () => list.querySelector("input[name=pick]:checked");
  const many = document.getElementById("many");
  /* A row's button stands outside of the form it sends: it presses the form's own button, naming its row. */
  function sendOne(button) {
    const only = document.createElement("input");
    only.type = "hidden"; only.name = "only"; only.value = button.value;
    many.append(only);
    many.querySelector(button.dataset.key === "drop" ? "button[formaction]" : "button:not([formaction])").click();
    only.remove();
  }
  const send = (key) => {
    if (!many || !picked()) { press(key); return; }
    many.querySelector(key === "drop" ? "button[formaction]" : "button:not([formaction])").click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input:not([type=checkbox]), select, textarea, [role=combobox], summary");
    if (event.key === "Escape") { const form = event.target.closest(".duty-edit"); if (form) { form.textContent = ""; choose(form.closest(".duty"), true); } return; }
    if (field) return;
    const plain = !event.target.closest("a, button, input");
    const acts = {
      ArrowDown: () => choose(rows()[here + 1], true), j: () => choose(rows()[here + 1], true),
      ArrowUp: () => choose(rows()[here - 1], true), k: () => choose(rows()[here - 1], true),
      x: () => send("drop"), e: () => press("edit"),
      Enter: plain ? () => send("confirm") : null,
      " ": plain ? () => { const box = current().querySelector("input[name=pick]"); if (box) box.click(); } : null,
    };
    if (!acts[event.key] || event.repeat && !/Arrow|j|k/.test(event.key)) return;
    event.preventDefault();
    acts[event.key]();
  });
  list.addEventListener("click", (event) => {
    const row = event.target.closest(".duty");
    if (event.target.closest("[data-close]")) { event.preventDefault(); row.querySelector(".duty-edit").textContent = ""; choose(row, true); return; }
    const button = event.target.closest("button[form=many]");
    if (button || event.target.closest("a.duty-no")) event.preventDefault();
    choose(row, !event.target.closest("button, input, select, textarea, a:not(.duty-no), summary"));
    if (button) sendOne(button);
  });
  document.querySelector(".reader-text").addEventListener("click", (event) => {
    const one = event.target.closest("[data-duty], [data-of]");
    const row = one && find(one.dataset.duty || one.dataset.of.split(" ").pop());
    if (!row) return;
    event.preventDefault();
    choose(row, true);
  });

  /* After a decision the next undecided one is chosen; an opened form takes the focus. */
  let decided = null;
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.target.matches("form")) decided = current(); });
  document.addEventListener("htmx:afterSettle", (event) => {
    shapes(document);
    const edit = event.target.closest && event.target.closest(".duty-edit");
    if (edit && edit.querySelector("form")) { choose(edit.closest(".duty")); (edit.querySelector("[data-focus]") || edit.querySelector("textarea, input:not([type=hidden])")).focus(); return; }
    if (!decided) return;
    decided = null;
    choose(rows().slice(here).find((row) => row.classList.contains("duty-proposed")) || current(), true);
  });
  const asked = /^#duty-\d+$/.test(location.hash) && document.querySelector(location.hash);
  choose(asked || list.querySelector(".duty-edit form")?.closest(".duty") || list.querySelector(".duty-proposed") || rows()[0], false);
})();
