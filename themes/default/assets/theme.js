// Made by lwnindex. Two conveniences; every page is whole without them.
(function () {
  "use strict";

  /**
   * Returns what two spellings of a text share: case, accents and compatibility forms aside.
   * @param {string} text
   * @returns {string}
   */
  function folded(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  /**
   * A heading of the index with its lines, and what is looked for in each.
   * @typedef {{block: HTMLElement, name: string, lines: {item: HTMLElement, text: string}[], above: Entry[]}} Entry
   */

  /**
   * Returns the headings of the index in order, each with those that it stands below.
   * @param {Element} index
   * @returns {Entry[]}
   */
  function entriesOf(index) {
    /** @type {Entry[]} */
    const open = [];
    return Array.from(index.querySelectorAll(".entry"), function (block) {
      const depth = Number(/\bdepth-(\d)/.exec(block.className)[1]);
      open.length = Math.min(open.length, depth);
      const lines = Array.from(block.querySelectorAll("li"), function (item) {
        return { item: item, text: folded(item.textContent) };
      });
      const entry = { block: block, name: folded(block.querySelector("a").textContent), lines: lines, above: open.slice() };
      open.push(entry);
      return entry;
    });
  }

  /**
   * Shows the headings that match, with all their lines; of the others the lines that match, and what they stand below.
   * @param {Entry[]} entries
   * @param {string} wanted
   * @returns {number} how many headings or lines match
   */
  function show(entries, wanted) {
    let found = 0;
    for (const entry of entries) {
      const named = entry.name.includes(wanted);
      let matched = named;
      for (const line of entry.lines) {
        const here = line.text.includes(wanted);
        line.item.hidden = !named && !here;
        matched = matched || here;
        found += here ? 1 : 0;
      }
      entry.block.hidden = !matched;
      if (matched) {
        entry.above.forEach(function (parent) { parent.block.hidden = false; });
      }
      found += named ? 1 : 0;
    }
    return found;
  }

  /** Gives an index page its filter box. */
  function filterIndex() {
    const box = document.getElementById("page:filter");
    if (!(box instanceof HTMLInputElement)) {
      return;
    }
    const entries = entriesOf(document.getElementById("page:main"));
    const letters = document.querySelectorAll(".letter");
    const answer = box.parentElement.querySelector("output");
    box.addEventListener("input", function () {
      const wanted = folded(box.value.trim());
      const found = show(entries, wanted);
      letters.forEach(function (letter) { letter.hidden = !letter.querySelector(".entry:not([hidden])"); });
      const words = found === 1 ? answer.dataset.one : answer.dataset.many.replace("{n}", String(found));
      answer.textContent = wanted ? words : "";
    });
  }

  /** Says on the page for lost addresses which one was asked for. */
  function nameTheAddress() {
    const asked = document.getElementById("page:asked");
    if (asked) {
      asked.textContent = location.pathname;
    }
  }

  filterIndex();
  nameTheAddress();
})();
