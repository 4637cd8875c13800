/* Ticks of the list: all at once, a range with shift, and how many are ticked. Space ticks, as everywhere. */
(() => {
  let last = null;
  const ticks = () => [...document.querySelectorAll("[data-tick]")];

  function count() {
    const bar = document.querySelector("[data-ticked]");
    if (!bar) return;
    const chosen = ticks().filter((one) => one.checked).length;
    bar.textContent = chosen ? `已选${chosen}件：` : bar.dataset.none || "勾选事项后可批量办理：";
    bar.parentElement.classList.toggle("some", chosen > 0);
    bar.parentElement.querySelectorAll("button").forEach((one) => { one.disabled = chosen === 0; });
    const all = document.querySelector("[data-tick-all]");
    all.checked = chosen > 0 && chosen === ticks().length;
    all.indeterminate = chosen > 0 && chosen < ticks().length;
  }

  document.addEventListener("click", (event) => {
    const box = event.target;
    if (box.matches("[data-tick-all]")) ticks().forEach((one) => { one.checked = box.checked; });
    else if (!box.matches("[data-tick]")) return;
    else {
      if (event.shiftKey && last) {
        const [from, to] = [ticks().indexOf(last), ticks().indexOf(box)].sort((a, b) => a - b);
        ticks().slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
      }
      last = box;
    }
    count();
  });
  document.addEventListener("DOMContentLoaded", count);
  window.addEventListener("pageshow", count);
})();
