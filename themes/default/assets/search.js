// Made by lwnindex. The search page: its box, what was found, and the facets beside. All words are the page's own.
(function () {
  "use strict";

  /** @typedef {"index" | "topic" | "author" | "year"} Facet */
  /** @typedef {{text: string, page: number, index: string, topic: string, author: string, year: string}} Query */
  /** @typedef {{value: string, name: string, count: number, path: string}} Choice */
  /** @typedef {NonNullable<Awaited<ReturnType<ReturnType<typeof lwnindexEngine>["search"]>>>} Found */
  /** @typedef {Found["hits"][number]} Hit */
  /** @typedef {ReturnType<typeof lwnindexEngine.marked>} Marked */

  /** @type {Facet[]} */
  const FACETS = ["index", "topic", "author", "year"];
  const TYPING = 120;
  const PATIENCE = 60;
  const SHORT = 7;
  const LONG = 60;

  const script = document.currentScript;
  const root = new URL("../", script instanceof HTMLScriptElement ? script.src : location.href);
  const main = part(document, "[data-search]", HTMLElement);
  const box = part(main, "input[type='search']", HTMLInputElement);
  const form = part(main, "form", HTMLFormElement);
  const count = part(main, "[data-count]", HTMLElement);
  const results = part(main, "[data-results]", HTMLOListElement);
  const engine = lwnindexEngine(load);
  const language = document.documentElement.lang || undefined;
  const numbers = new Intl.NumberFormat(language);
  const dates = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });

  let query = asked();
  let settled = true;
  let waiting = 0;

  /**
   * Returns the element of the page that a selector names; the template has it.
   * @template {HTMLElement} T
   * @param {ParentNode} within
   * @param {string} selector
   * @param {new () => T} kind
   * @returns {T}
   */
  function part(within, selector, kind) {
    const found = within.querySelector(selector);
    if (!(found instanceof kind)) {
      throw new Error(selector);
    }
    return found;
  }

  /**
   * Returns a copy of what a template of the page holds.
   * @param {string} name
   * @returns {HTMLElement}
   */
  function copy(name) {
    const template = part(main, `template[data-part='${name}']`, HTMLTemplateElement);
    return part(document.importNode(template.content, true), "*", HTMLElement);
  }

  /**
   * Returns a sentence of the page with values in its places.
   * @param {string} name
   * @param {{[name: string]: string}} values
   * @returns {string}
   */
  function words(name, values) {
    return (main.dataset[name] || "").replace(/\{(\w+)\}/g, function (place, key) { return values[key] ?? place; });
  }

  /**
   * Loads a file below search/ and waits until it has run; from a folder on disk no other way is open.
   * @param {string} path
   * @returns {Promise<void>}
   */
  function load(path) {
    return new Promise(function (done, failed) {
      const element = document.createElement("script");
      element.src = new URL(`search/${path}`, root).href;
      element.onload = function () { element.remove(); done(); };
      element.onerror = function () { element.remove(); failed(new Error(path)); };
      document.head.append(element);
    });
  }

  /**
   * Returns the address of a page of the site.
   * @param {string} path
   * @returns {string}
   */
  function pageAt(path) {
    const kept = main.dataset.pretty === undefined ? path : path.replace(/(^|\/)index\.html$/, "$1");
    return new URL(kept.split("/").map(encodeURIComponent).join("/"), root).href;
  }

  // The query and its address.

  /**
   * Returns what the address of this page asks for.
   * @returns {Query}
   */
  function asked() {
    const given = new URLSearchParams(location.search);
    const value = function (/** @type {string} */ name) { return given.get(name) || ""; };
    return {
      text: value("q"), page: Math.max(1, parseInt(value("page"), 10) || 1),
      index: value("index"), topic: value("topic"), author: value("author"), year: value("year"),
    };
  }

  /**
   * Returns the address of this page with a query.
   * @param {Query} query
   * @returns {string}
   */
  function address(query) {
    const given = new URLSearchParams();
    const values = { q: query.text.trim(), index: query.index, topic: query.topic, author: query.author, year: query.year };
    Object.entries(values).forEach(function ([name, value]) {
      if (value) {
        given.set(name, value);
      }
    });
    if (query.page > 1) {
      given.set("page", String(query.page));
    }
    const text = given.toString();
    return location.pathname + (text ? `?${text}` : "");
  }

  /**
   * Tells whether there is anything to look for.
   * @param {Query} query
   * @returns {boolean}
   */
  function isEmpty(query) {
    return !query.text.trim() && FACETS.every(function (facet) { return !query[facet]; });
  }

  /** Searches for what is in the box. While it is typed, one entry of the history follows it. */
  function typed() {
    clearTimeout(waiting);
    if (box.value === query.text) {
      return;
    }
    const first = settled && !isEmpty(query);
    query = { ...query, text: box.value, page: 1 };
    settled = false;
    note(first);
    show();
  }

  /**
   * Puts the query into the address.
   * @param {boolean} anew
   */
  function note(anew) {
    if (anew) {
      history.pushState(null, "", address(query));
    } else {
      history.replaceState(null, "", address(query));
    }
  }

  /**
   * Goes on to another query, as an entry of the history of its own.
   * @param {Query} next
   */
  function turnTo(next) {
    clearTimeout(waiting);
    query = next;
    settled = true;
    box.value = query.text;
    note(true);
    show();
  }

  // What was found.

  /** Searches, and shows what was found unless another query was asked meanwhile. */
  async function show() {
    const mine = query;
    main.setAttribute("aria-busy", "true");
    try {
      const found = isEmpty(mine) ? null : await engine.search(mine);
      if (mine !== query) {
        return;
      }
      if (found) {
        const texts = found.hits.map(function (hit) { return engine.excerpt(hit, found.wanted); });
        await Promise.race([Promise.allSettled(texts), new Promise(function (done) { setTimeout(done, PATIENCE); })]);
        if (mine !== query) {
          return;
        }
        draw(found, texts);
      } else if (isEmpty(mine)) {
        clear("");
      }
    } catch {
      if (mine === query) {
        clear(words("failed", {}));
      }
    }
    main.removeAttribute("aria-busy");
  }

  /**
   * Shows no articles.
   * @param {string} sentence
   */
  function clear(sentence) {
    say(count, sentence);
    part(main, "[data-start]", HTMLElement).hidden = Boolean(sentence);
    ["note", "instead", "filters", "jump", "facets", "pager"].forEach(function (name) {
      part(main, `[data-${name}]`, HTMLElement).hidden = true;
    });
    results.replaceChildren();
  }

  /**
   * Shows a text in an element, which hides where there is none.
   * @param {HTMLElement} element
   * @param {string} text
   */
  function say(element, text) {
    if (element.textContent !== text) {
      element.textContent = text;
    }
    element.classList.toggle("silent", !text);
  }

  /**
   * Shows what was found; the focus stays with what the reader last used.
   * @param {Found} found
   * @param {Promise<Marked[] | null>[]} texts
   */
  function draw(found, texts) {
    const active = document.activeElement;
    const used = active instanceof HTMLElement && main.contains(active) ? active : null;
    part(main, "[data-start]", HTMLElement).hidden = true;
    say(count, sentence(found));
    const extra = part(main, "[data-note]", HTMLElement);
    extra.textContent = remark(found);
    extra.hidden = !extra.textContent;
    drawInstead(found.instead);
    results.replaceChildren(...found.hits.map(function (hit, at) { return result(hit, texts[at], found); }));
    const start = (found.page - 1) * 10 + 1;
    if (results.start !== start) {
      results.start = start;
      count.scrollIntoView({ block: "nearest" });
    }
    drawFacets(found);
    drawPager(found);
    if (used && !used.isConnected) {
      focusOn(used.dataset.key || "");
    }
  }

  /**
   * Puts the focus on the link that has taken the place of one; where there is none, on what is said of the search.
   * @param {string} key
   */
  function focusOn(key) {
    const same = Array.from(main.querySelectorAll("[data-key]")).find(function (each) {
      return each instanceof HTMLElement && each.dataset.key === key;
    });
    const next = same instanceof HTMLElement ? same : count;
    next.focus();
  }

  /**
   * Returns how many were found, and how.
   * @param {Found} found
   * @returns {string}
   */
  function sentence(found) {
    const name = !found.total ? "none" : found.complete ? "found" : "partial";
    return words(name, {
      count: numbers.format(found.total), page: numbers.format(found.page), pages: numbers.format(found.pages),
    });
  }

  /**
   * Returns what else is to be said of a search.
   * @param {Found} found
   * @returns {string}
   */
  function remark(found) {
    const missing = found.missing.join(", ");
    return [
      missing ? words("missing", { words: missing }) : "",
      found.open ? words("open", { count: numbers.format(found.checked) }) : "",
    ].filter(Boolean).join(" ");
  }

  /**
   * Offers other spellings.
   * @param {string[]} instead
   */
  function drawInstead(instead) {
    const place = part(main, "[data-instead]", HTMLElement);
    place.hidden = !instead.length;
    part(place, "span", HTMLElement).replaceChildren(...instead.flatMap(function (text, at) {
      const link = document.createElement("a");
      link.dir = "auto";
      link.textContent = text;
      lead(link, { ...query, text: text, page: 1 });
      return at ? [" ", link] : [link];
    }));
  }

  /**
   * Makes a link lead to another query.
   * @param {HTMLAnchorElement} link
   * @param {Query} next
   */
  function lead(link, next) {
    link.href = address(next);
    link.addEventListener("click", function (event) {
      if (!event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey) {
        event.preventDefault();
        turnTo(next);
      }
    });
  }

  /**
   * Returns an article as an item of the list.
   * @param {Hit} hit
   * @param {Promise<Marked[] | null>} text
   * @param {Found} found
   * @returns {HTMLElement}
   */
  function result(hit, text, found) {
    const item = copy("result");
    const link = part(item, "a", HTMLAnchorElement);
    link.href = pageAt(hit.path);
    mark(link, [lwnindexEngine.marked(hit.title, found.wanted)]);
    dated(part(item, "[data-date]", HTMLElement), hit.date);
    list(part(item, "[data-authors]", HTMLElement), hit.authors.map(function (name) {
      const author = document.createElement("bdi");
      author.textContent = name;
      return author;
    }));
    list(part(item, "[data-topics]", HTMLElement), hit.topics.map(topicLink));
    const excerpt = part(item, "[data-excerpt]", HTMLElement);
    [link, excerpt].forEach(function (each) {
      if (hit.lang) {
        each.lang = hit.lang;
      }
    });
    text.then(function (passages) { mark(excerpt, passages || []); }, function () { excerpt.hidden = true; });
    return item;
  }

  /**
   * Shows a day in a place.
   * @param {HTMLElement} place
   * @param {string} date an ISO date or time, or nothing
   */
  function dated(place, date) {
    place.hidden = !date;
    if (date) {
      const time = document.createElement("time");
      time.dateTime = date;
      time.textContent = dates.format(new Date(`${date.slice(0, 10)}T00:00:00Z`));
      place.replaceChildren(time);
    }
  }

  /**
   * Shows elements in a place, each with the comma of the style sheet behind it.
   * @param {HTMLElement} place
   * @param {HTMLElement[]} elements
   */
  function list(place, elements) {
    place.hidden = !elements.length;
    place.replaceChildren(...elements.flatMap(function (each) {
      const one = document.createElement("span");
      one.append(each);
      return [one, " "];
    }));
  }

  /**
   * @param {{name: string, path: string}} topic
   * @returns {HTMLElement}
   */
  function topicLink(topic) {
    const link = document.createElement(topic.path ? "a" : "span");
    if (link instanceof HTMLAnchorElement) {
      link.href = pageAt(topic.path);
    }
    link.dir = "auto";
    link.textContent = topic.name;
    return link;
  }

  /**
   * Shows passages with their marks.
   * @param {HTMLElement} place
   * @param {Marked[]} passages
   */
  function mark(place, passages) {
    place.replaceChildren(...passages.flatMap(function (passage, at) {
      /** @type {(string | HTMLElement)[]} */
      const nodes = passage.before ? ["\u2026 "] : [];
      let done = 0;
      passage.marks.forEach(function ([from, to]) {
        const word = document.createElement("mark");
        word.textContent = passage.text.slice(from, to);
        nodes.push(passage.text.slice(done, from), word);
        done = to;
      });
      const last = at === passages.length - 1;
      return nodes.concat(passage.text.slice(done), passage.behind ? (last ? " \u2026" : " ") : "");
    }));
  }

  // Facets and pages.

  /**
   * Shows the filters that hold, and the values that narrow the search further.
   * @param {Found} found
   */
  function drawFacets(found) {
    const chosen = FACETS.filter(function (facet) { return query[facet]; });
    const filters = part(main, "[data-filters]", HTMLElement);
    filters.replaceChildren(...chosen.map(chosenFilter));
    filters.hidden = !chosen.length;
    const shown = FACETS.filter(function (facet) {
      const values = found.facets[facet].filter(function (choice) { return choice.value !== query[facet]; });
      return drawFacet(facet, values, found.total);
    });
    part(main, "[data-facets]", HTMLElement).hidden = !shown.length;
    part(main, "[data-jump]", HTMLElement).hidden = !shown.length;
  }

  /**
   * Returns a filter that holds, as a link that takes it away.
   * @param {Facet} facet
   * @returns {HTMLElement}
   */
  function chosenFilter(facet) {
    const item = copy("filter");
    const link = part(item, "a", HTMLAnchorElement);
    const name = query[facet].replace(/\/\/|\//g, function (slash) { return slash === "/" ? " / " : "/"; });
    link.textContent = name;
    link.setAttribute("aria-label", words("remove", { name: name }));
    link.dataset.key = `no ${facet}`;
    lead(link, { ...query, page: 1, [facet]: "" });
    return item;
  }

  /**
   * Shows the values of a facet; tells whether there are any that part the articles found.
   * @param {Facet} facet
   * @param {Choice[]} values
   * @param {number} total
   * @returns {boolean}
   */
  function drawFacet(facet, values, total) {
    const place = part(main, `[data-facet='${facet}']`, HTMLElement);
    const useful = values.some(function (choice) { return choice.count < total; });
    const more = part(place, "details", HTMLDetailsElement);
    const items = useful ? values.slice(0, LONG).map(function (choice) { return choiceItem(facet, choice); }) : [];
    part(place, "ul", HTMLElement).replaceChildren(...items.slice(0, SHORT));
    part(more, "ul", HTMLElement).replaceChildren(...items.slice(SHORT));
    more.hidden = items.length <= SHORT;
    place.hidden = !items.length;
    return items.length > 0;
  }

  /**
   * @param {Facet} facet
   * @param {Choice} choice
   * @returns {HTMLElement}
   */
  function choiceItem(facet, choice) {
    const item = copy("choice");
    const link = part(item, "a", HTMLAnchorElement);
    link.textContent = choice.name;
    link.dataset.key = `${facet} ${choice.value}`;
    lead(link, { ...query, page: 1, [facet]: choice.value });
    part(item, ".count", HTMLElement).textContent = numbers.format(choice.count);
    return item;
  }

  /**
   * Shows the way to the pages of what was found: the first, the last, and those around this one.
   * @param {Found} found
   */
  function drawPager(found) {
    const pager = part(main, "[data-pager]", HTMLElement);
    pager.hidden = found.pages < 2;
    stepTo(part(pager, "[rel='prev']", HTMLAnchorElement), found.page - 1, found);
    stepTo(part(pager, "[rel='next']", HTMLAnchorElement), found.page + 1, found);
    const near = Array.from({ length: found.pages }, function (_, at) { return at + 1; }).filter(function (page) {
      return page === 1 || page === found.pages || Math.abs(page - found.page) < 3;
    });
    part(pager, "ol", HTMLElement).replaceChildren(...near.map(function (page, at) {
      const item = copy("page");
      const link = part(item, "a", HTMLAnchorElement);
      link.textContent = numbers.format(page);
      item.classList.toggle("gap", at > 0 && near[at - 1] !== page - 1);
      if (page === found.page) {
        link.setAttribute("aria-current", "page");
      }
      lead(link, { ...query, page: page });
      return item;
    }));
  }

  /**
   * @param {HTMLAnchorElement} place
   * @param {number} page
   * @param {Found} found
   */
  function stepTo(place, page, found) {
    const link = document.importNode(place, true);
    link.hidden = page < 1 || page > found.pages;
    lead(link, { ...query, page: page });
    place.replaceWith(link);
  }

  // The reader.

  /**
   * Moves among the articles found by the arrow keys, and back to the box.
   * @param {KeyboardEvent} event
   */
  function move(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      return;
    }
    const links = Array.from(results.querySelectorAll("a[data-title]"));
    const at = links.findIndex(function (link) { return link === document.activeElement; });
    const inBox = document.activeElement === box;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const step = event.key === "ArrowDown" || event.key === "ArrowUp" ? steps[event.key] : 0;
    const next = inBox && step < 0 ? null : links[at + step];
    if (event.key === "Escape" && !inBox && results.contains(document.activeElement)) {
      event.preventDefault();
      box.focus();
    } else if (step && at === 0 && step < 0) {
      event.preventDefault();
      box.focus();
    } else if (step && (inBox || at >= 0) && next instanceof HTMLElement) {
      event.preventDefault();
      next.focus();
    }
  }

  box.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = window.setTimeout(typed, TYPING);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    typed();
    settled = true;
  });
  results.addEventListener("click", function () {
    settled = true;
    history.replaceState({ top: window.scrollY }, "");
  });
  main.addEventListener("keydown", move);
  window.addEventListener("popstate", function () {
    clearTimeout(waiting);
    query = asked();
    settled = true;
    box.value = query.text;
    show();
  });
  box.value = query.text;
  if (isEmpty(query)) {
    box.focus();
  } else {
    show().then(function () {
      const top = history.state && history.state.top;
      if (typeof top === "number") {
        window.scrollTo(0, top);
      }
    });
  }
})();
