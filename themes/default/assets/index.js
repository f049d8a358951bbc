// Made by lwnindex. The filter of an index page, which is whole without it. It reads the page, asks no server,
// and holds no words of its own: what it says to the reader stands in the page.
(function () {
  "use strict";

  /** How many lines are shown again before the reader sees them; what is further down follows a frame later. */
  const AT_ONCE = 60;

  /** How long a reader has to pause, in milliseconds, before the number of matches is told. */
  const PAUSE = 400;

  /**
   * An article below a heading, and its title as it is looked for.
   * @typedef {{item: HTMLElement, text: string, kept: boolean, shown: boolean}} Line
   */

  /**
   * A heading of the index, or a reference to one: its whole name as it is looked for, and what it stands below.
   * @typedef {{block: HTMLElement, name: string, lines: Line[], above: Entry | null, kept: boolean, shown: boolean}} Entry
   */

  /**
   * A letter with its headings.
   * @typedef {{section: HTMLElement, entries: Entry[], kept: boolean, shown: boolean}} Letter
   */

  /**
   * Returns what two spellings of a text share: case, accents and compatibility forms aside.
   * @param {string | null} text
   * @returns {string}
   */
  function folded(text) {
    return (text || "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  }

  /**
   * Returns the articles below a heading.
   * @param {HTMLElement} block
   * @returns {Line[]}
   */
  function linesOf(block) {
    return Array.from(block.getElementsByTagName("li"), function (item) {
      return { item: item, text: folded(item.textContent), kept: true, shown: true };
    });
  }

  /**
   * Returns the headings of a letter in order. One that is seen only by who comes for its anchor is none of them.
   * @param {HTMLElement} section
   * @returns {Entry[]}
   */
  function entriesOf(section) {
    /** @type {Entry[]} */
    const open = [];
    const blocks = section.querySelectorAll(".entry:not(.unlisted)");
    return Array.from(/** @type {NodeListOf<HTMLElement>} */ (blocks), function (block) {
      const depth = Number(block.dataset.depth || (/\bdepth-(\d)/.exec(block.className) || ["", "0"])[1]);
      open.length = Math.min(open.length, depth);
      const above = open.length ? open[open.length - 1] : null;
      const named = block.querySelector("h3 > a, h4 > a, h5 > a, h6 > a, .refers");
      const name = folded(named && named.textContent);
      const entry = { block: block, name: above ? above.name + " " + name : name, lines: linesOf(block), above: above, kept: true, shown: true };
      open.push(entry);
      return entry;
    });
  }

  /**
   * Returns the letters of the index.
   * @returns {Letter[]}
   */
  function lettersOf() {
    const sections = document.querySelectorAll(".letter:not(.unlisted)");
    return Array.from(/** @type {NodeListOf<HTMLElement>} */ (sections), function (section) {
      return { section: section, entries: entriesOf(section), kept: true, shown: true };
    });
  }

  /**
   * Keeps the lines of a heading that are looked for: all if it is named itself, else those that match with it.
   * @param {Entry} entry
   * @param {string[]} words
   * @returns {number} how many things match: the heading, or else lines
   */
  function keepLines(entry, words) {
    const missing = words.filter(function (word) { return !entry.name.includes(word); });
    let found = missing.length ? 0 : 1;
    for (const line of entry.lines) {
      line.kept = missing.every(function (word) { return line.text.includes(word); });
      found += missing.length && line.kept ? 1 : 0;
    }
    return found;
  }

  /**
   * Keeps what is looked for, and the headings that it stands below.
   * @param {Letter[]} letters
   * @param {string[]} words all of them have to be found, in the heading, those above it, or the title
   * @returns {number} how many things match
   */
  function keep(letters, words) {
    let all = 0;
    for (const letter of letters) {
      let here = 0;
      for (const entry of letter.entries) {
        const found = keepLines(entry, words);
        entry.kept = found > 0;
        for (let each = found ? entry.above : null; each && !each.kept; each = each.above) {
          each.kept = true;
        }
        here += found;
      }
      letter.kept = here > 0;
      all += here;
    }
    return all;
  }

  /**
   * Shows an element if it is kept, else hides it, and touches it only if it is not so yet.
   * @param {{kept: boolean, shown: boolean}} what
   * @param {HTMLElement} element
   * @returns {number} 1 if it is shown again, else 0
   */
  function draw(what, element) {
    if (what.shown === what.kept) {
      return 0;
    }
    what.shown = what.kept;
    element.hidden = !what.kept;
    return what.kept ? 1 : 0;
  }

  /**
   * Draws all letters, heading by heading; of what is not kept nothing inside has to be touched.
   * @param {Letter[]} letters
   * @returns {Generator<number, void>} after each heading, how many lines were shown again with it
   */
  function* drawing(letters) {
    for (const letter of letters) {
      let again = draw(letter, letter.section);
      for (const entry of letter.kept ? letter.entries : []) {
        again += draw(entry, entry.block);
        for (const line of entry.kept ? entry.lines : []) {
          again += draw(line, line.item);
        }
        yield again;
        again = 0;
      }
    }
  }

  /**
   * Keeps what is looked for in the page's address, so that it is there again for who comes back. An address
   * with an anchor as well is a link to a place, and leads there.
   * @param {string} wanted
   */
  function remember(wanted) {
    const address = new URL(location.href);
    if (wanted) {
      address.searchParams.set("q", wanted);
      address.hash = "";
    } else {
      address.searchParams.delete("q");
    }
    if (address.href !== location.href) {
      history.replaceState(history.state, "", address);
    }
  }

  /**
   * Gives an index page its filter.
   * @param {HTMLElement} index
   * @param {HTMLInputElement} box
   * @param {HTMLOutputElement} answer
   */
  function filterIndex(index, box, answer) {
    /** @type {Letter[] | null} */
    let letters = null;
    let last = "";
    let timer = 0;
    let rest = 0;

    /** Draws on; what is not drawn at once waits until the reader has seen the first of it. */
    function drawOn(/** @type {Generator<number, void>} */ steps) {
      let again = 0;
      for (let step = steps.next(); !step.done; step = steps.next()) {
        again += step.value;
        if (again > AT_ONCE) {
          rest = requestAnimationFrame(function () {
            rest = requestAnimationFrame(function () { drawOn(steps); });
          });
          return;
        }
      }
    }

    /** Tells the number of matches, once. */
    function tell(/** @type {number} */ found) {
      const words = found === 1 ? answer.dataset.one : answer.dataset.many;
      answer.textContent = last ? (words || "").replace("{n}", String(found)) : "";
      remember(box.value.trim());
    }

    function apply() {
      const wanted = folded(box.value.trim());
      if (wanted === last) {
        return;
      }
      last = wanted;
      letters = letters || lettersOf();
      index.classList.toggle("filtered", last !== "");
      const found = keep(letters, wanted.split(/\s+/).filter(Boolean));
      cancelAnimationFrame(rest);
      drawOn(drawing(letters));
      clearTimeout(timer);
      timer = setTimeout(tell, PAUSE, found);
    }

    function clear() {
      box.value = "";
      apply();
    }

    /** Shows all at once, and what the address names in sight if it was not. */
    function reveal() {
      const filtered = last !== "";
      clear();
      cancelAnimationFrame(rest);
      for (const step of drawing(letters || [])) { void step; }
      const place = filtered && document.querySelector(":target");
      if (place) {
        place.scrollIntoView();
      }
    }

    box.addEventListener("focus", function () { letters = letters || lettersOf(); });
    box.addEventListener("input", apply);
    box.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && box.value) {
        event.preventDefault();
        clear();
      }
    });
    // What a link of this page leads to has to be there to be seen.
    document.addEventListener("click", function (event) {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (link && link.hash && link.pathname === location.pathname) {
        clear();
      }
    });
    window.addEventListener("hashchange", reveal);
    window.addEventListener("pageshow", apply);
    box.value = location.hash ? "" : new URL(location.href).searchParams.get("q") || box.value;
    apply();
  }

  const index = document.getElementById("page:main");
  const box = document.getElementById("page:filter");
  const answer = document.querySelector("output[for='page:filter']");
  if (index && box instanceof HTMLInputElement && answer instanceof HTMLOutputElement) {
    filterIndex(index, box, answer);
  }
})();
