/* A table pasted from Word or Excel keeps its merged cells: they are written out before the server reads the rows. */
(function () {
  "use strict";
  const quoted = (cell) => (/[\n\t"]/.test(cell) ? '"' + cell.replace(/"/g, '""') + '"' : cell);

  function words(cell) {
    const copy = cell.cloneNode(true);
    copy.querySelectorAll("br").forEach((one) => one.replaceWith("\n"));
    copy.querySelectorAll("p, div, li").forEach((one) => one.append("\n"));
    return copy.textContent.replace(/[ \t\r]*\n[ \t\r\n]*/g, "\n").replace(/[ \t\r\u00a0]+/g, " ").trim();
  }

  function rows(table) {
    const found = [];
    Array.from(table.rows).forEach((row, at) => {
      found[at] = found[at] || [];
      let column = 0;
      Array.from(row.cells).forEach((cell) => {
        while (found[at][column] !== undefined) column += 1;
        const told = words(cell);
        for (let down = 0; down < Math.min(cell.rowSpan || 1, table.rows.length - at); down += 1) {
          found[at + down] = found[at + down] || [];
          for (let over = 0; over < (cell.colSpan || 1); over += 1) found[at + down][column + over] = over ? "" : told;
        }
        column += cell.colSpan || 1;
      });
    });
    return found.map((row) => Array.from(row, (cell) => quoted(cell || "")).join("\t")).filter((line) => line.trim());
  }

  document.addEventListener("paste", (event) => {
    const box = event.target.closest && event.target.closest("textarea[data-paste]");
    if (!box || !event.clipboardData) return;
    const page = new DOMParser().parseFromString(event.clipboardData.getData("text/html"), "text/html");
    const tables = Array.from(page.querySelectorAll("table")).filter((one) => !one.parentElement.closest("table"));
    const plain = event.clipboardData.getData("text/plain");
    if (!tables.length && !plain.includes("\t")) return;
    event.preventDefault();
    box.value = tables.length ? ["[[merged]]"].concat(...tables.map(rows)).join("\n") : plain;
    const button = document.getElementById("read-in");
    if (button) button.click();
  });
})();
