/**
 * Hears of changes: reloads this page where it was, swaps stylesheets, and says what is wrong above the page.
 * All that it is told is shown as text.
 */
(() => {
  "use strict";

  /** @typedef {{number: number, text: string, is_marked: boolean}} Row */
  /** @typedef {{code: string, message: string, fix: string, file: string, line: number, excerpt: Row[]}} Fault */
  /** @typedef {{run: string, page: number, style: number, faults: Fault[]}} Told */

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const own = new URL(script.src);
  const [run, mark] = own.search.slice(1).split(".");
  const number = Number(mark);
  const place = `lwnindex:${location.pathname}${location.search}`;
  const fields = "input:not([type=password]):not([type=file]):not([type=hidden]), textarea";
  let style = number;
  let said = "[]";
  /** @type {EventSource | undefined} */
  let source;
  /** @type {HTMLElement | undefined} */
  let overlay;

  /**
   * @template {Element} T
   * @param {string} selector
   * @returns {T[]}
   */
  const all = (selector) => /** @type {T[]} */ ([...document.querySelectorAll(selector)]);

  function reload() {
    source?.close();
    const state = {
      x: scrollX,
      y: scrollY,
      open: /** @type {HTMLDetailsElement[]} */ (all("details")).map((each) => each.open),
      fields: /** @type {HTMLInputElement[]} */ (all(fields)).map((each) => [each.value, each.checked]),
      at: all(fields).indexOf(/** @type {Element} */ (document.activeElement)),
    };
    try {
      sessionStorage.setItem(place, JSON.stringify(state));
    } catch {
      // A browser may be told to keep nothing.
    }
    location.reload();
  }

  /** Puts the page back to where it was before it was reloaded. */
  function restore() {
    /** @type {string | null} */
    let kept = null;
    try {
      kept = sessionStorage.getItem(place);
      sessionStorage.removeItem(place);
    } catch {
      // The same.
    }
    if (!kept) return;
    const state = JSON.parse(kept);
    const folds = /** @type {HTMLDetailsElement[]} */ (all("details"));
    if (folds.length === state.open.length) folds.forEach((each, at) => { each.open = state.open[at]; });
    const inputs = /** @type {HTMLInputElement[]} */ (all(fields));
    if (inputs.length === state.fields.length) {
      inputs.forEach((each, at) => {
        const [value, checked] = state.fields[at];
        if (each.type === "radio" || each.type === "checkbox") each.checked = checked;
        else if (each.value !== value) {
          each.value = value;
          each.dispatchEvent(new Event("input", { bubbles: true }));
        }
      });
      if (state.at >= 0) inputs[state.at].focus({ preventScroll: true });
    }
    scrollTo({ left: state.x, top: state.y, behavior: "instant" });
  }

  /** Has each stylesheet of this site once more, and takes the old one away when the new one is there. */
  function swap() {
    for (const old of /** @type {HTMLLinkElement[]} */ (all('link[rel~="stylesheet"]'))) {
      const address = new URL(old.href);
      if (address.origin !== location.origin) continue;
      address.search = `?${style}`;
      const fresh = /** @type {HTMLLinkElement} */ (old.cloneNode());
      fresh.href = address.href;
      fresh.addEventListener("load", () => old.remove());
      fresh.addEventListener("error", () => old.remove());
      old.after(fresh);
    }
  }

  /**
   * @param {string} name
   * @param {string} kind
   * @param {string} text
   * @param {Element[]} inside
   */
  function element(name, kind, text, inside = []) {
    const found = document.createElement(name);
    found.className = kind;
    found.textContent = text;
    found.append(...inside);
    return found;
  }

  /** @param {Fault} fault */
  function shown(fault) {
    const where = fault.file + (fault.line ? `:${fault.line}` : "");
    const rows = fault.excerpt.map((row) => {
      const line = element("span", row.is_marked ? "row marked" : "row", "", [
        element("span", "number", String(row.number)),
        element("span", "text", row.text),
      ]);
      line.append("\n");
      return line;
    });
    return element("section", "fault", "", [
      ...(where ? [element("p", "place", where)] : []),
      element("h2", "message", fault.message, fault.code ? [element("code", "code", fault.code)] : []),
      ...(fault.fix ? [element("p", "fix", fault.fix)] : []),
      ...(rows.length ? [element("pre", "excerpt", "", rows)] : []),
    ]);
  }

  /** @param {Fault[]} faults */
  function tell(faults) {
    overlay?.remove();
    overlay = undefined;
    if (!faults.length) return;
    overlay = document.createElement("lwnindex-problems");
    const root = overlay.attachShadow({ mode: "open" });
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL("overlay.css", own).href;
    const close = element("button", "close", "Close");
    const panel = element("div", "panel", "", [
      element("h1", "title", "The page below is the last good one"),
      close,
      ...faults.map(shown),
    ]);
    panel.setAttribute("role", "alertdialog");
    panel.setAttribute("aria-label", "Problems of the site");
    panel.tabIndex = -1;
    const away = () => overlay?.remove();
    close.addEventListener("click", away);
    panel.addEventListener("keydown", (event) => { if (event.key === "Escape") away(); });
    sheet.addEventListener("load", () => panel.focus({ preventScroll: true }));
    root.append(sheet, panel);
    (document.body ?? document.documentElement).append(overlay);
  }

  /** @param {MessageEvent<string>} event */
  function hear(event) {
    /** @type {Told} */
    const told = JSON.parse(event.data);
    if (told.run !== run || told.page > number) {
      reload();
      return;
    }
    if (told.style > style) {
      style = told.style;
      swap();
    }
    const now = JSON.stringify(told.faults);
    if (now !== said) {
      said = now;
      tell(told.faults);
    }
  }

  /** A page that nobody sees needs no connection: a browser has but six of them for all pages of a server. */
  function listen() {
    source?.close();
    source = undefined;
    if (document.visibilityState === "hidden") return;
    source = new EventSource(new URL(`events?page=${encodeURIComponent(location.pathname)}`, own));
    source.addEventListener("message", hear);
  }

  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source?.close());
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  restore();
  listen();
})();
