/* What the office does with a plan beyond yes and no: assign, add, merge, split, undo, account for clauses. */
(function () {
  "use strict";
  const reading = window.reading;
  if (!reading) return;
  const { acts, many, say } = reading;
  const address = (name, pk) => many.dataset[name].replace("/0/", "/" + pk + "/");
  const state = (row) => /duty-(proposed|confirmed|dropped)/.exec(row.className)[1];
  const only = (row) => ({ only: row.dataset.pick });

  /* Palettes: type, Enter, done for all that are ticked or for the chosen row. */
  function palette(name) {
    const row = reading.current(), ticked = reading.picked().length;
    if (!ticked && !row) { say("请先选一项任务"); return; }
    const box = document.getElementById("palette-" + name);
    box.querySelector("[data-to]").textContent = ticked ? "给选中的" + ticked + "项" : "给第" + row.querySelector(".duty-no").textContent + "项";
    box.showModal();
    const input = box.querySelector("input");
    box.querySelector("select").value = "";
    input.value = "";
    input.focus();
    input.click();
  }
  function give(box, value) {
    const values = reading.picked().length ? {} : only(reading.current());
    values[box.dataset.palette] = value;
    box.close();
    reading.post(many.dataset.assign, values);
  }
  document.querySelectorAll("dialog[data-palette]").forEach((box) => {
    box.addEventListener("change", (event) => { if (event.target.matches("select") && event.target.value) give(box, event.target.value); });
    box.querySelector("[data-none]").addEventListener("click", () => give(box, "-"));
    /* Enter with nothing typed and nothing pointed at chooses nothing. */
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input") && !event.target.getAttribute("aria-activedescendant")) { event.preventDefault(); event.stopPropagation(); }
    }, true);
  });

  /* The sheet holds a form that the server draws; it closes when its act is done. */
  const sheet = document.getElementById("sheet");
  const open = (url) => window.htmx.ajax("GET", url, { source: "#sheet-body", target: "#sheet-body", swap: "innerHTML" }).catch(() => {});
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "sheet-body") return;
    if (!sheet.open) sheet.showModal();
    const first = sheet.querySelector("[data-focus], input[type=checkbox]:checked, input[type=checkbox], textarea, [data-shut]");
    if (first) first.focus();
  });
  document.addEventListener("click", (event) => {
    const shut = event.target.closest("dialog [data-shut]");
    if (shut) { event.preventDefault(); shut.closest("dialog").close(); }
  });
  document.querySelectorAll("dialog.sheet").forEach((box) => box.addEventListener("close", () => { const row = reading.current(); if (row) row.focus({ preventScroll: true }); }));
  sheet.addEventListener("keydown", (event) => {
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!way || !event.target.matches("input[type=checkbox]")) return;
    const boxes = Array.from(sheet.querySelectorAll("input[type=checkbox]"));
    const next = boxes[boxes.indexOf(event.target) + way];
    event.preventDefault();
    if (next) next.focus();
  });

  /* A selection in the text as places of the text: code points, the tags between left out. */
  function place(node, offset) {
    const block = (node.nodeType === 1 ? node : node.parentElement).closest(".block");
    if (!block) return null;
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEnd(node, offset);
    const part = range.cloneContents();
    part.querySelectorAll(".duty-tag, .clause-mark").forEach((one) => one.remove());
    return Number(block.dataset.start) + Array.from(part.textContent).length;
  }
  function selected() {
    const chosen = window.getSelection();
    if (chosen.isCollapsed || !chosen.rangeCount) return null;
    const range = chosen.getRangeAt(0);
    if (!reading.text.contains(range.startContainer) || !reading.text.contains(range.endContainer)) return null;
    const start = place(range.startContainer, range.startOffset), end = place(range.endContainer, range.endOffset);
    return start !== null && end !== null && start < end ? start + "-" + end : null;
  }
  function add() {
    const span = selected(), pk = reading.clause();
    if (!pk) { say("请先选一条条款"); return; }
    open(address("add", pk) + (span ? "?span=" + span : ""));
  }

  function undo() {
    const row = reading.current();
    if (!row) return;
    if (reading.picked().length) reading.post(many.dataset.restore);
    else if (state(row) !== "proposed") reading.post(many.dataset.restore, only(row));
    else if (row.hasAttribute("data-made")) reading.post(many.dataset.unmake, only(row));
    else say("这一项还没有决定，没有可撤销的");
  }
  function nothing() {
    const mark = reading.markOf(reading.clause());
    if (!mark) { say("这里在条款之外，不用标"); return; }
    reading.post(address(mark.dataset.standing === "NO_DUTY" ? "something" : "nothing", mark.dataset.clause));
  }
  function next() {
    const marks = Array.from(document.querySelectorAll(".clause-mark[data-standing=OPEN]"));
    const mark = reading.markOf(reading.clause());
    const after = marks.find((one) => mark && mark.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (after || marks.length) reading.chooseClause(after || marks[0]);
    else say("所有条款都有着落了");
  }
  Object.assign(acts, {
    o: () => palette("owner_unit"), l: () => palette("leader"), g: () => palette("slot"), a: add, u: undo, n: nothing, c: next,
    m: () => reading.post(many.dataset.merge),
    s: () => { const row = reading.current(); if (row) open(address("split", row.dataset.pk)); },
  });

  const tools = document.getElementById("tools");
  tools.addEventListener("mousedown", (event) => event.preventDefault()); /* what is selected in the text stays so */
  tools.addEventListener("click", (event) => { const button = event.target.closest("[data-do]"); if (button) acts[button.dataset.do](); });
  function where(mark) {
    document.getElementById("where").textContent = mark ? mark.dataset.title + "：" + mark.firstChild.textContent : "";
    tools.querySelector("[data-do=n]").textContent = mark && mark.dataset.standing === "NO_DUTY" ? "取消无任务" : "无任务";
  }
  document.addEventListener("plan:clause", (event) => where(event.detail));
  where(reading.markOf(reading.clause()));
})();
