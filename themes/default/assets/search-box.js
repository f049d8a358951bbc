// Made by lwnindex. The key "/" leads to the search box; a lost address is looked for by its words.
(function () {
  "use strict";

  /**
   * Tells whether keys that are pressed in an element are text.
   * @param {EventTarget | null} element
   * @returns {boolean}
   */
  function takesText(element) {
    return element instanceof HTMLElement &&
      (element.isContentEditable || /^(?:INPUT|SELECT|TEXTAREA)$/.test(element.tagName));
  }

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
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === "/" && plain && !event.isComposing && !takesText(event.target)) {
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
