// Made by lwnindex. Shows the colours that a reader chose. It stands in the head and is not deferred: what it says
// is known before anything is painted. Storage may be shut, as it is in some browsers for pages from a folder.
(function () {
  "use strict";
  const KEY = "lwnindex:scheme", root = document.documentElement;

  /** @returns {string} what was chosen: light, dark, or nothing for what the system says */
  function kept() {
    try { return localStorage.getItem(KEY) || ""; } catch (_) { return root.dataset.theme || ""; }
  }

  /** @param {string} scheme */
  function keep(scheme) {
    try { localStorage.setItem(KEY, scheme); } catch (_) { /* It holds for this page then. */ }
  }

  /** @param {string} scheme */
  function show(scheme) {
    const known = scheme === "light" || scheme === "dark";
    if (known) { root.dataset.theme = scheme; } else { delete root.dataset.theme; }
    /** @type {HTMLMetaElement | null} */
    const meta = document.querySelector("meta[name=color-scheme]");
    if (meta) { meta.content = known ? scheme : "light dark"; }
    /** @type {NodeListOf<HTMLInputElement>} */
    const boxes = document.querySelectorAll(".scheme input");
    boxes.forEach(function (box) { box.checked = box.value === (known ? scheme : ""); });
  }

  function showKept() { show(kept()); }

  root.dataset.script = "";
  showKept();
  document.addEventListener("DOMContentLoaded", showKept);
  addEventListener("pageshow", showKept);
  addEventListener("storage", showKept);
  document.addEventListener("change", function (event) {
    const box = event.target;
    if (box instanceof HTMLInputElement && box.closest(".scheme")) { keep(box.value); show(box.value); }
  });
})();
