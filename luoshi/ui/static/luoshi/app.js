/* Small behaviours; every page works without them. No inline handlers, nothing fetched from elsewhere. */
(function () {
  "use strict";
  const $all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const say = (words) => {
    const live = document.getElementById("live");
    if (live) { live.textContent = ""; window.setTimeout(() => { live.textContent = words; }, 50); }
  };

  /* Menus close by Escape and by a click elsewhere. */
  document.addEventListener("click", (event) => {
    $all("details[data-menu][open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    $all("details[data-menu][open]").forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  /* “/” goes to the search field, unless one is typing. */
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.key !== "/" || event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || at.isContentEditable || at.matches("input, select, textarea")) return;
    const fields = $all("[data-slash]").filter((one) => one.offsetParent !== null);
    if (fields.length) { event.preventDefault(); fields[0].focus(); fields[0].select(); }
  });

  /* A form is sent once: the button rests until the answer comes or the page is shown again. */
  function rest(form, resting) {
    form.dataset.sent = resting ? "1" : "";
    $all("button:not([type=button])", form).forEach((button) => {
      if (resting) { button.dataset.word = button.textContent; } else if (!button.dataset.word) { return; }
      button.setAttribute("aria-disabled", String(resting));
      if (resting) { button.textContent = "正在办理…"; } else { button.textContent = button.dataset.word; delete button.dataset.word; }
    });
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("form[data-once]")) return;
    if (form.dataset.sent === "1") { event.preventDefault(); event.stopImmediatePropagation(); return; }
    rest(form, true);
  });
  window.addEventListener("pageshow", () => $all("form[data-once]").forEach((form) => { if (form.dataset.sent === "1") rest(form, false); }));
  document.addEventListener("htmx:afterRequest", (event) => { if (event.target.matches && event.target.matches("form[data-once]")) rest(event.target, false); });

  /* Files: what was chosen is listed by name and size, each can be taken out, more can be added. */
  function bytes(size) {
    return size < 1048576 ? Math.max(1, Math.round(size / 1024)) + " KB" : (size / 1048576).toFixed(1) + " MB";
  }
  function files(box) {
    const input = box.querySelector("input[type=file]");
    const list = box.querySelector("[data-files-chosen]");
    let kept = [];
    const put = () => { const store = new DataTransfer(); kept.forEach((file) => store.items.add(file)); input.files = store.files; draw(); };
    function draw() {
      list.textContent = "";
      list.hidden = kept.length === 0;
      kept.forEach((file, index) => {
        const line = document.createElement("li");
        const name = document.createElement("span");
        const aside = document.createElement("span");
        const size = document.createElement("small");
        const out = document.createElement("button");
        name.textContent = file.name;
        size.textContent = bytes(file.size) + " ";
        out.type = "button"; out.className = "btn btn-small btn-quiet"; out.textContent = "移除";
        out.setAttribute("aria-label", "移除 " + file.name);
        out.addEventListener("click", () => { kept.splice(index, 1); put(); input.focus(); say("已移除 " + file.name); });
        aside.append(size, out); line.append(name, aside); list.append(line);
      });
    }
    function add(files) {
      kept = kept.concat(Array.from(files).filter((file) => !kept.some((one) => one.name === file.name && one.size === file.size)));
      put(); say("已选 " + kept.length + " 个文件");
    }
    const pick = document.createElement("label"), word = document.createElement("span"), aside = document.createElement("small");
    pick.className = "files-pick"; word.className = "btn btn-small"; word.textContent = "选择文件"; aside.textContent = "也可以把文件拖到这里";
    input.before(pick); input.classList.add("sr-only"); pick.append(input, word, aside);
    input.addEventListener("change", () => add(input.files));
    pick.addEventListener("dragover", (event) => { event.preventDefault(); pick.classList.add("over"); });
    pick.addEventListener("dragleave", () => pick.classList.remove("over"));
    pick.addEventListener("drop", (event) => { event.preventDefault(); pick.classList.remove("over"); add(event.dataTransfer.files); });
  }

  /* Pickers: a native list gets a box that filters by word or pinyin initials. */
  let pickers = 0;
  function picker(select) {
    const options = Array.from(select.options).map((option) => ({
      value: option.value, word: option.textContent.trim(), pinyin: option.dataset.pinyin || "",
      group: option.parentElement.tagName === "OPTGROUP" ? option.parentElement.label : "",
    }));
    const box = document.createElement("div"), input = document.createElement("input"), list = document.createElement("div");
    const id = "picker-" + (pickers += 1);
    let shown = [], at = -1;
    box.className = "picker"; input.type = "text"; input.autocomplete = "off"; input.spellcheck = false;
    input.placeholder = select.dataset.filter; input.id = select.id; select.id = input.id + "-list";
    [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", id]].forEach(([key, value]) => input.setAttribute(key, value));
    ["aria-describedby", "aria-invalid", "aria-required"].forEach((key) => { if (select.hasAttribute(key)) input.setAttribute(key, select.getAttribute(key)); });
    list.id = id; list.className = "picker-list"; list.setAttribute("role", "listbox"); list.setAttribute("aria-label", "可选项"); list.hidden = true;
    select.classList.add("sr-only"); select.tabIndex = -1; select.setAttribute("aria-hidden", "true");
    select.before(box); box.append(input, select, list);
    const chosen = () => { const one = options.find((option) => option.value === select.value && option.value); input.value = one ? one.word : ""; };
    const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const point = (index) => {
      at = index;
      $all("[role=option]", list).forEach((line, place) => line.setAttribute("aria-selected", String(place === at)));
      if (at >= 0) { const line = document.getElementById(id + "-" + at); input.setAttribute("aria-activedescendant", line.id); line.scrollIntoView({ block: "nearest" }); }
    };
    const take = (index) => { if (shown[index]) { select.value = shown[index].value; select.dispatchEvent(new Event("change", { bubbles: true })); } close(); };
    function open(words) {
      const wanted = words.trim().toLowerCase();
      shown = options.filter((one) => one.value && (!wanted || one.word.toLowerCase().includes(wanted) || one.pinyin.startsWith(wanted) || one.group.includes(wanted)));
      list.textContent = "";
      shown.forEach((one, index) => {
        const line = document.createElement("div"), aside = document.createElement("small");
        line.id = id + "-" + index; line.setAttribute("role", "option"); line.textContent = one.word + " "; aside.textContent = one.group;
        line.append(aside); line.addEventListener("mousedown", (event) => { event.preventDefault(); take(index); });
        list.append(line);
      });
      if (!shown.length) { const none = document.createElement("div"); none.className = "picker-none"; none.setAttribute("role", "option"); none.setAttribute("aria-disabled", "true"); none.textContent = "没有相符的，请换一个字或拼音首字母"; list.append(none); }
      list.hidden = false; input.setAttribute("aria-expanded", "true"); point(wanted && shown.length ? 0 : -1);
    }
    input.addEventListener("focus", () => input.select());
    input.addEventListener("click", () => open(""));
    input.addEventListener("input", () => { if (!input.value.trim()) { select.value = ""; } open(input.value); });
    input.addEventListener("blur", () => { close(); chosen(); });
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) { open(""); return; }
        const step = event.key === "ArrowDown" ? 1 : -1;
        if (shown.length) point((at + step + shown.length) % shown.length);
      } else if (event.key === "Enter" && !list.hidden) { event.preventDefault(); take(at < 0 ? 0 : at); }
      else if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); close(); chosen(); }
    });
    select.addEventListener("change", chosen);
    chosen();
  }

  /* What an ended session had typed goes back into the form with that address. */
  function draft(box) {
    const form = $all("form[method=post]").find((one) => new URL(one.action || location.href, location.href).pathname === box.dataset.draftPath);
    if (!form) return;
    const typed = JSON.parse(box.dataset.draft);
    Object.keys(typed).forEach((name) => {
      Array.from(form.elements).filter((field) => field.name === name && field.type !== "hidden" && field.type !== "file" && field.type !== "password").forEach((field) => {
        if (field.type === "checkbox" || field.type === "radio") { field.checked = typed[name].includes(field.value); }
        else if (field.multiple) { Array.from(field.options).forEach((option) => { option.selected = typed[name].includes(option.value); }); }
        else { field.value = typed[name][0]; }
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
    });
    const panel = form.closest("details");
    if (panel) panel.open = true;
    box.querySelector("[data-draft-said]").textContent = "登录过期前填写的内容已放回表单，还没有提交，请核对。";
  }

  function ready(root) {
    $all("[data-files]", root).forEach(files);
    $all("select[data-filter]", root).forEach(picker);
    $all("[data-focus]", root).slice(0, 1).forEach((box) => box.focus());
    $all("[data-print]", root).forEach((button) => button.addEventListener("click", () => window.print()));
  }

  /* A list's link fills the pane beside it; where there is no pane beside it, it opens the page itself. */
  document.addEventListener("htmx:beforeRequest", (event) => {
    const link = event.target;
    if (!link.matches || !link.matches("a[data-pane]")) return;
    const pane = document.querySelector(link.getAttribute("hx-target") || "#pane");
    if (pane && pane.offsetParent !== null) return;
    event.preventDefault();
    location.assign(link.href);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    ready(event.target);
    const link = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (link && link.matches && link.matches("a[data-pane]")) {
      $all("tr.here").forEach((row) => row.classList.remove("here"));
      const row = link.closest("tr");
      if (row) row.classList.add("here");
      event.target.scrollTop = 0;
    }
    const title = event.target.querySelector && event.target.querySelector("[data-say], h1, h2");
    if (title) say("已打开：" + (title.dataset.say || title.textContent.trim()));
  });
  document.addEventListener("htmx:responseError", () => say("没有办成，请刷新页面再试。"));
  document.addEventListener("htmx:sendError", () => say("连不上服务器，请检查网络后再试。"));

  document.addEventListener("DOMContentLoaded", () => { ready(document); $all("[data-draft]").forEach(draft); });
})();
