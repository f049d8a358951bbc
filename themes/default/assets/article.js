// Made by lwnindex. Two conveniences beside an article; every page is whole without them.
(function () {
  "use strict";

  /** Marks in the contents which section is being read: the last one whose heading has come near the top. */
  function followTheSections() {
    const links = Array.from(document.querySelectorAll(".contents a"));
    const headings = Array.from(document.querySelectorAll(".body .heading > :first-child"));
    if (!links.length || !("IntersectionObserver" in window)) {
      return;
    }
    function mark() {
      const passed = headings.filter(function (heading) { return heading.getBoundingClientRect().top < innerHeight / 3; });
      const here = passed.length ? "#" + passed[passed.length - 1].id : "";
      links.forEach(function (link) {
        if (here && decodeURIComponent(link.getAttribute("href") || "") === here) {
          link.setAttribute("aria-current", "location");
        } else {
          link.removeAttribute("aria-current");
        }
      });
    }
    const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
    headings.forEach(function (heading) { watch.observe(heading); });
  }

  /**
   * Selects an element's text and copies it, where a page may not write to the clipboard itself.
   * @param {Element} source
   * @returns {boolean} whether it was copied
   */
  function copySelected(source) {
    const chosen = getSelection();
    if (!chosen) {
      return false;
    }
    chosen.selectAllChildren(source);
    const done = document.execCommand("copy");
    chosen.removeAllRanges();
    return done;
  }

  /** Gives the citations their buttons; each says when it has copied. */
  function copyCitations() {
    /** @type {NodeListOf<HTMLButtonElement>} */
    const buttons = document.querySelectorAll("button.copy");
    buttons.forEach(function (button) {
      const source = document.getElementById(button.dataset.copies || "");
      const answer = button.nextElementSibling;
      if (!source || !answer) {
        return;
      }
      const say = function () { answer.textContent = button.dataset.done || ""; };
      button.addEventListener("click", function () {
        const fallback = function () { if (copySelected(source)) { say(); } };
        if (navigator.clipboard) {
          navigator.clipboard.writeText(source.textContent || "").then(say, fallback);
        } else {
          fallback();
        }
      });
    });
  }

  followTheSections();
  copyCitations();
})();
