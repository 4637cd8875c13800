/* Picking people: a unit's own tick, all at once, search by name or initials. Without it every person's tick still works. */
(function () {
  "use strict";
  const $all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  function people(box) {
    const boxes = $all("input[name]", box), find = box.querySelector("[data-people-find]");
    const sum = box.querySelector("[data-people-sum]"), all = box.querySelector("[data-people-all]");
    const units = $all("[data-unit]", box).map((unit) => ({
      tick: unit.querySelector("[data-unit-all]"), sum: unit.querySelector("[data-unit-sum]"), root: unit,
      names: unit.querySelector("[data-unit-names]"), button: unit.querySelector("[data-unit-open]"), boxes: $all("input[name]", unit),
    }));
    const open = (unit, shown) => {
      unit.names.hidden = !shown;
      unit.button.setAttribute("aria-expanded", String(shown));
      unit.button.textContent = shown ? "收起" : "展开";
    };
    const state = (tick, list) => {
      const number = list.filter((one) => one.checked).length;
      tick.checked = list.length > 0 && number === list.length;
      tick.indeterminate = number > 0 && number < list.length;
      return number;
    };
    const count = () => {
      units.forEach((unit) => { unit.sum.textContent = state(unit.tick, unit.boxes) + "/" + unit.boxes.length; });
      sum.textContent = "已选 " + state(all, boxes) + " 人";
    };
    const set = (list, on) => { list.forEach((one) => { one.checked = on; }); count(); };
    units.forEach((unit) => {
      unit.tick.hidden = false; unit.button.hidden = false;
      unit.button.setAttribute("aria-label", "展开或收起" + unit.root.querySelector("strong").textContent + "人员");
      open(unit, "open" in unit.names.dataset);
      unit.tick.addEventListener("change", () => { set(unit.boxes, unit.tick.checked); if (unit.tick.checked) open(unit, true); });
      unit.button.addEventListener("click", () => open(unit, unit.names.hidden));
    });
    all.closest("label").hidden = false; find.hidden = false;
    all.addEventListener("change", () => { set(boxes, all.checked); if (all.checked && boxes.length <= 120) units.forEach((unit) => open(unit, true)); });
    box.addEventListener("change", count);
    find.addEventListener("input", () => {
      const wanted = find.value.trim().toLowerCase();
      units.forEach((unit) => {
        let hits = 0;
        unit.boxes.forEach((one) => {
          const label = one.closest("label"), fits = !wanted || label.textContent.includes(wanted) || one.dataset.pinyin.startsWith(wanted);
          label.hidden = !fits; if (fits) hits += 1;
        });
        unit.root.hidden = hits === 0;
        if (wanted) open(unit, hits > 0);
      });
    });
    find.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const first = boxes.find((one) => !one.closest("label").hidden && !one.closest("[data-unit]").hidden);
      if (find.value.trim() && first) { first.checked = !first.checked; find.value = ""; find.dispatchEvent(new Event("input")); count(); }
    });
    count();
  }
  document.addEventListener("DOMContentLoaded", () => $all("[data-people]").forEach(people));
})();
