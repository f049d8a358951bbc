// Made by lwnindex. Control and "/" lead to the search box; a lost address is looked for by its words.
// No key does so alone: it may come from speech, or from a hand that shakes (WCAG 2.1.4).
(function () {
  "use strict";

  /**
   * Returns the words of an address that say what was looked for.
   * @param {string} address
   * @returns {string}
   */
  function wordsOf(address) {
    let path = address;
    try {
      path = decodeURIComponent(address);
    } catch {
      // What is no text is shown as it is written.
    }
    const words = path.replace(/\.\w+$/, "").split(/[^\p{L}\p{M}\p{N}.]+/u);
    return words.filter(function (word) { return word && !/^index$/i.test(word); }).join(" ");
  }

  const box = document.querySelector("input[type='search'][name='q']");
  if (!(box instanceof HTMLInputElement)) {
    return;
  }
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && (event.ctrlKey || event.metaKey) && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
  const base = box.dataset.lost;
  if (base !== undefined && !box.value) {
    const path = location.pathname;
    box.value = wordsOf(path.startsWith(base) ? path.slice(base.length) : path);
  }
})();
