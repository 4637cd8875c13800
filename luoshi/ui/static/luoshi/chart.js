/* Pictures of tables: each figure[data-chart] is drawn from the very table a reader can open, so the two cannot differ.
   Drawn as SVG into an <img>, once for the screen and once black on white for paper: no style inline, no script inside. */
(function () {
  "use strict";
  if (!window.echarts) return;
  const PAPER = 640;
  const SYMBOLS = ["circle", "rect", "triangle", "diamond", "pin"];
  const DASHES = ["solid", [7, 4], [2, 3], [9, 3, 2, 3], [4, 2]];
  const DECALS = [null, { dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.8 }, { dashArrayX: [[2, 4], [2, 4]], dashArrayY: [2, 2], symbol: "circle" }, { dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0.8 }, { dashArrayX: [1, 0], dashArrayY: [2, 3] }];

  function point(cell) {
    const said = (cell.dataset.value === undefined ? cell.textContent : cell.dataset.value).replace(/[\s,，]/g, "");
    const found = /^[-+−]?\d+(\.\d+)?/.exec(said);
    return { value: found ? Number(found[0].replace("−", "-")) : null, said: found ? found[0] : "" };
  }

  function read(figure) {
    const table = figure.dataset.from ? document.getElementById(figure.dataset.from) : figure.querySelector("table");
    if (!table || !table.tHead) return null;
    const heads = Array.from(table.tHead.rows[0].cells);
    const picked = heads.some((one) => one.dataset.series !== undefined);
    const columns = heads.map((one, at) => ({ at, name: one.dataset.series || one.textContent.trim(), tone: one.dataset.tone, use: picked ? one.dataset.series !== undefined : at > 0 })).filter((one) => one.use);
    const rows = Array.from(table.tBodies).flatMap((body) => Array.from(body.rows)).filter((row) => row.dataset.skip === undefined && row.cells.length === heads.length);
    const named = (row) => row.querySelector("th") || row.cells[0];
    return {
      labels: rows.map((row) => named(row).dataset.short || named(row).textContent.trim()),
      series: columns.map((one) => ({ name: one.name, tone: one.tone, data: rows.map((row) => point(row.cells[one.at])) })),
    };
  }

  function look(figure, paper) {
    const token = getComputedStyle(document.documentElement);
    const value = (name) => token.getPropertyValue("--" + name).trim();
    const tones = ["#333", "#777", "#aaa", "#555", "#999"];
    return {
      size: paper ? 12 : Math.max(12, Math.round(parseFloat(getComputedStyle(figure).fontSize) * 0.93)),
      font: value("font").replace(/"/g, "'"),
      ink: paper ? "#000" : value("ink"),
      line: paper ? "#999" : value("line"),
      surface: paper ? "#fff" : value("surface"),
      tone: (at, name) => (paper ? tones[at % 5] : value(name || "chart-" + ((at % 5) + 1))),
    };
  }

  function line(kind, told, at, css, all) {
    const flat = kind.startsWith("horizontal");
    const stacked = kind.endsWith("stacked");
    const colour = css.tone(at, told.tone);
    const label = { show: true, color: css.ink, fontSize: css.size, fontFamily: css.font, textBorderColor: css.surface, textBorderWidth: 3, formatter: (one) => one.data.said };
    if (kind === "line") {
      const many = all.series.length > 2 || all.labels.length > 9;
      return {
        type: "line", name: told.name, data: told.data, symbol: SYMBOLS[at % 5], symbolSize: css.size * 0.7, connectNulls: false,
        lineStyle: { color: colour, width: 2, type: DASHES[at % 5] }, itemStyle: { color: colour },
        label: { ...label, show: !many, position: at % 2 ? "bottom" : "top" },
        endLabel: all.series.length > 1 ? { ...label, formatter: (one) => told.name + (many ? " " + one.data.said : "") } : { show: false },
      };
    }
    return {
      type: "bar", name: told.name, data: stacked ? told.data.map((one) => (one.value ? one : { value: null })) : told.data, stack: stacked ? "all" : undefined, barMaxWidth: css.size * 2.6,
      itemStyle: { color: colour, borderColor: css.ink, borderWidth: 0.5, decal: DECALS[at % 5] ? { color: "rgba(255,255,255,.75)", ...DECALS[at % 5] } : { symbol: "none" } },
      label: { ...label, position: stacked ? "inside" : flat ? "right" : "top" },
    };
  }

  function option(kind, told, figure, css, width) {
    const flat = kind.startsWith("horizontal");
    const curve = kind === "line";
    const side = curve && told.series.length > 1 ? css.size * 8 : css.size * 3;
    const room = Math.max(css.size * 2.2, (width - side - css.size * (curve ? 4 : 1)) / told.labels.length - 6);
    const words = { color: css.ink, fontSize: css.size, fontFamily: css.font };
    const names = { type: "category", data: told.labels, inverse: flat, axisTick: { show: false }, axisLine: { lineStyle: { color: css.ink } }, axisLabel: { ...words, interval: 0, width: flat ? css.size * 11 : room, overflow: flat ? "truncate" : "break" } };
    const air = (span) => Math.max(1, (span.max - span.min) * 0.3 || Math.abs(span.max) * 0.05);
    const top = figure.dataset.top ? Number(figure.dataset.top) : Infinity;
    const least = curve ? (span) => Math.floor(span.min < 0 ? span.min - air(span) : Math.max(0, span.min - air(span))) : undefined;
    const most = curve ? (span) => Math.min(top, Math.ceil(span.max + air(span))) : top < Infinity ? top : undefined;
    const values = { type: "value", min: least, max: most, splitNumber: 4, axisLabel: { ...words, show: curve, showMinLabel: false, showMaxLabel: false }, splitLine: { show: curve, lineStyle: { color: css.line } } };
    const legend = told.series.length > 1 && !curve;
    return {
      animation: false, backgroundColor: css.surface, textStyle: { fontFamily: css.font },
      legend: { show: legend, top: 0, left: 0, itemWidth: css.size * 1.8, itemHeight: css.size, textStyle: words, data: told.series.map((one) => ({ name: one.name })) },
      grid: { containLabel: true, left: 4, right: side, top: css.size * (legend ? 2.4 : flat ? 0.4 : 1.8), bottom: 4 },
      xAxis: flat ? values : names, yAxis: flat ? names : values,
      series: told.series.map((each, at) => line(kind, each, at, css, told)),
    };
  }

  function picture(figure, told, width, paper) {
    const css = look(figure, paper);
    const crowded = told.labels.length * css.size * (3 + told.series.length) > width && figure.dataset.chart.startsWith("bar");
    const kind = crowded ? figure.dataset.chart.replace("bar", "horizontal") : figure.dataset.chart;
    const each = css.size * (kind.endsWith("stacked") ? 2.4 : 0.8 + 1.8 * told.series.length);
    const height = Math.round(kind.startsWith("horizontal") ? css.size * (told.series.length > 1 ? 3.4 : 1.4) + told.labels.length * each : Math.min(css.size * 18, Math.max(css.size * 14, width * 0.4)));
    const chart = window.echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
    chart.setOption(option(kind, told, figure, css, width));
    const drawn = chart.renderToSVGString();
    chart.dispose();
    const image = document.createElement("img");
    image.className = paper ? "chart-paper" : "chart-screen";
    image.alt = paper ? "" : figure.dataset.title + (figure.dataset.says ? "：" + figure.dataset.says : "，各项数字见下面的表格");
    image.width = width;
    image.height = height;
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(drawn);
    return image;
  }

  function draw(figure) {
    const here = figure.querySelector(".chart-here");
    const told = here && read(figure);
    const width = here && Math.floor(here.clientWidth);
    if (!told || !told.series.some((each) => each.data.some((one) => one.value !== null))) return figure.classList.add("chart-empty");
    if (width < 40 || figure.dataset.drawn === String(width)) return;
    figure.dataset.drawn = String(width);
    here.replaceChildren(picture(figure, told, width, false), picture(figure, told, PAPER, true));
  }

  const watch = new ResizeObserver((seen) => requestAnimationFrame(() => seen.forEach((one) => draw(one.target))));
  const all = (root) => root.querySelectorAll("figure[data-chart]").forEach((figure) => watch.observe(figure));
  all(document);
  document.addEventListener("htmx:load", (event) => all(event.detail.elt));
})();
