/* The reading screen by keyboard and by eye: one duty (or clause) is chosen, its sentence is in sight. */
(function () {
  "use strict";
  const list = document.getElementById("duties");
  const text = document.querySelector(".reader-text");
  const many = document.getElementById("many"), tools = document.getElementById("tools");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const find = (pk) => document.getElementById("duty-" + pk);
  const say = (words) => { const live = document.getElementById("live"); live.textContent = ""; window.setTimeout(() => { live.textContent = words; }, 50); };

  /* A refusal of one of the list's own acts is said above the list; that of a form (typed words) is a whole page. */
  function refuse(page) {
    const told = new DOMParser().parseFromString(page, "text/html").querySelector("main");
    const box = document.getElementById("refused");
    box.textContent = Array.from(told.querySelectorAll("[role=alert] h1, [role=alert] p, .changes li")).map((one) => one.textContent.trim()).join(" ");
    if (told.querySelector(".changes")) { const again = document.createElement("a"); again.href = location.href; again.textContent = "看最新进展"; box.append(" ", again); }
    box.hidden = false;
    if (current()) choose(current(), true);
  }
  document.addEventListener("htmx:beforeSwap", (event) => {
    const detail = event.detail, page = detail.xhr.responseText;
    if (detail.xhr.status < 400 || !page.includes("<main")) return;
    if (tools && detail.requestConfig.elt === tools) { refuse(page); return; }
    detail.shouldSwap = true;
    detail.isError = false;
    detail.target = document.querySelector("main");
    detail.selectOverride = "main";
    detail.swapOverride = "outerHTML";
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
  ["change", "focusout"].forEach((kind) => document.addEventListener(kind, (event) => { const form = event.target.closest("form[data-shapes]"); if (form) shape(form); }));
  shapes(document);
  if (!list) return;

  /* Choosing: the row, its clause, its sentence, all in sight. */
  let here = 0, bare = false, clause = "";
  list.classList.add("live");
  document.documentElement.classList.add("scripted");
  const rows = () => Array.from(list.children);
  const current = () => (bare ? null : rows()[Math.min(here, rows().length - 1)] || null);
  const markOf = (pk) => document.getElementById("mark-" + pk);
  const bring = (one) => text.scrollTo({ top: one.offsetTop - text.clientHeight / 3, behavior: calm });
  function point(pk) {
    document.querySelectorAll(".block.chosen").forEach((one) => one.classList.remove("chosen"));
    clause = pk;
    const mark = markOf(pk);
    if (mark) mark.closest(".block").classList.add("chosen");
    document.dispatchEvent(new CustomEvent("plan:clause", { detail: mark }));
  }
  function leave() {
    list.querySelectorAll(".here").forEach((one) => { one.classList.remove("here"); one.tabIndex = -1; });
    document.querySelectorAll(".said.here").forEach((one) => one.classList.remove("here"));
  }
  function choose(row, focus) {
    if (!row) return;
    leave();
    bare = false;
    row.classList.add("here");
    row.tabIndex = 0;
    here = rows().indexOf(row);
    point(row.dataset.clause);
    document.querySelectorAll('.said[data-of~="' + row.dataset.pk + '"]').forEach((one) => one.classList.add("here"));
    const tag = document.getElementById("at-" + row.dataset.pk);
    if (tag) bring(tag);
    row.scrollIntoView({ block: "nearest" });
    if (focus) row.focus({ preventScroll: true });
  }
  /* A clause may have no row: then no duty is chosen, and Enter does nothing until one is. */
  function chooseClause(mark) {
    const own = rows().find((row) => row.dataset.clause === mark.dataset.clause);
    if (own) choose(own, true);
    else {
      const after = rows().findIndex((row) => { const tag = document.getElementById("at-" + row.dataset.pk); return tag && mark.compareDocumentPosition(tag) & Node.DOCUMENT_POSITION_FOLLOWING; });
      leave();
      here = after < 0 ? rows().length : after;
      bare = true;
      point(mark.dataset.clause);
      mark.focus({ preventScroll: true });
    }
    bring(mark);
    say(mark.dataset.title + "，" + mark.firstChild.textContent);
  }
  const step = (by) => choose(rows()[bare && by > 0 ? here : here + by], true);
  const press = (key) => { const one = current() && current().querySelector('[data-key="' + key + '"]'); if (one) one.click(); };
  const picked = () => Array.from(list.querySelectorAll("input[name=pick]:checked"));

  /* Every act of the list goes through the one form: its key, the ticked rows, or one row by name. */
  let moving = false;
  function post(url, given, moves) {
    const values = {};
    new FormData(many).forEach((value, name) => { (values[name] = values[name] || []).push(value); });
    moving = Boolean(moves);
    document.getElementById("refused").hidden = true;
    window.htmx.ajax("POST", url, { source: tools, swap: "none", values: Object.assign(values, given) }).catch(() => {});
  }
  const decide = (key, url) => { if (!many) return; if (picked().length) post(url, {}, true); else press(key); };
  const dropping = () => document.querySelector("[data-many=drop]").formAction;

  const acts = {
    ArrowDown: () => step(1), j: () => step(1), ArrowUp: () => step(-1), k: () => step(-1),
    x: () => decide("drop", many && dropping()), e: () => press("edit"),
    "?": () => { const keys = document.getElementById("keys"); if (keys) { keys.open = !keys.open; keys.querySelector("summary").focus(); } },
    Enter: () => decide("confirm", many && many.action),
    " ": () => { const box = current() && current().querySelector("input[name=pick]"); if (box) { box.click(); say(box.checked ? "已选" + picked().length + "项" : "已取消选中"); } },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.key === "Escape") { const form = event.target.closest(".duty-edit"); if (form) { form.textContent = ""; choose(form.closest(".duty"), true); } return; }
    if (event.target.closest("input:not([type=checkbox]), select, textarea, [role=combobox]")) return;
    if (/^( |Enter)$/.test(event.key) && event.target.closest("a, button, input, summary")) return;
    if (!acts[event.key] || (event.repeat && !/Arrow|j|k/.test(event.key))) return;
    event.preventDefault();
    acts[event.key]();
  });
  /* What a duty is to do stands on one line: Enter sends it. */
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.shiftKey || !event.target.matches("textarea[name=act]")) return;
    event.preventDefault();
    event.target.form.requestSubmit(event.target.form.querySelector("button.btn-primary"));
  });
  if (many) document.getElementById("duties-head").addEventListener("click", (event) => {
    const button = event.target.closest("[data-many]");
    if (!button) return;
    event.preventDefault();
    post(button.hasAttribute("formaction") ? button.formAction : many.action, {}, button.dataset.many !== "merge");
  });
  list.addEventListener("click", (event) => {
    const row = event.target.closest(".duty");
    if (event.target.closest("[data-close]")) { event.preventDefault(); row.querySelector(".duty-edit").textContent = ""; choose(row, true); return; }
    const button = event.target.closest("button[form=many]");
    if (button || event.target.closest("a.duty-no")) event.preventDefault();
    choose(row, !event.target.closest("button, input, select, textarea, a:not(.duty-no), summary"));
    if (button) post(button.hasAttribute("formaction") ? button.formAction : many.action, { only: button.value }, true);
  });
  text.addEventListener("click", (event) => {
    const mark = event.target.closest("button.clause-mark");
    if (mark) { chooseClause(mark); return; }
    const one = event.target.closest("[data-duty], [data-of]");
    const row = one && find(one.dataset.duty || one.dataset.of.split(" ").pop());
    if (!row || !window.getSelection().isCollapsed) return;
    event.preventDefault();
    choose(row, true);
  });

  /* After an act: what was made is chosen, or after a decision the next undecided one; an opened form takes the focus. */
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.target.matches(".duty-form")) moving = true; });
  document.addEventListener("plan:done", (event) => {
    document.querySelectorAll("dialog[open]").forEach((one) => one.close());
    document.querySelectorAll(".said").forEach((one) => {
      const row = find(one.dataset.of.split(" ").pop());
      if (row) one.className = "said said-" + /duty-(proposed|confirmed|dropped)/.exec(row.className)[1];
    });
    const open = (one) => one.classList.contains("duty-proposed");
    const next = moving && (rows().slice(here).find(open) || rows().find(open));
    const made = event.detail.here && find(event.detail.here);
    if (made || next || !bare) choose(made || next || current(), true);
    else if (markOf(clause)) { point(clause); markOf(clause).focus({ preventScroll: true }); }
    moving = false;
    const told = Array.from(document.querySelectorAll("#progress p")).map((one) => one.querySelector(".read-what").textContent + one.querySelector("strong").textContent);
    say([event.detail.said, ...told].join("，"));
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    shapes(document);
    const edit = event.target.closest && event.target.closest(".duty-edit");
    if (edit && edit.querySelector("form")) { choose(edit.closest(".duty")); (edit.querySelector("[data-focus]") || edit.querySelector("textarea, input:not([type=hidden])")).focus(); }
  });
  document.addEventListener("htmx:oobErrorNoTarget", () => location.reload());
  window.reading = { acts, choose, chooseClause, clause: () => clause, current, find, markOf, many, picked, post, rows, say, text };
  document.dispatchEvent(new Event("plan:ready"));
  const asked = /^#duty-\d+$/.test(location.hash) && document.querySelector(location.hash);
  choose(asked || list.querySelector(".duty-edit form")?.closest(".duty") || list.querySelector(".duty-proposed") || rows()[0], false);
})();
