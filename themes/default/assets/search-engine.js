// Made by lwnindex. The search over the files below search/: it knows no page, and holds no words for readers.
const lwnindexEngine = (function () {
  "use strict";

  /**
   * What was asked for: the words as typed, a page of results (from 1), and at most one value of each facet.
   * @typedef {{text: string, page: number, index: string, topic: string, author: string, year: string}} Query
   */
  /**
   * A value of a facet, and how many of the articles found have it; a topic's path is that of its page.
   * @typedef {{value: string, name: string, count: number, path: string}} Choice
   */
  /**
   * @typedef {{index: Choice[], topic: Choice[], author: Choice[], year: Choice[]}} Facets
   */
  /**
   * An article found; `id` is its number among all.
   * @typedef {{id: number, title: string, path: string, date: string, authors: string[],
   *   topics: {name: string, path: string}[], lang: string}} Hit
   */
  /**
   * What a search came to. `complete` is false where no article has all the words; `checked` is how many articles
   * were looked at for a phrase, 0 without one, and `open` tells that there were more.
   * @typedef {{total: number, page: number, pages: number, hits: Hit[], facets: Facets, complete: boolean,
   *   missing: string[], instead: string[], checked: number, open: boolean, wanted: Wanted}} Found
   */
  /**
   * A text, or a passage of one, with the places of the words that were asked for, each from (inclusive) to
   * (exclusive); whether more stands before and behind it.
   * @typedef {{text: string, marks: [number, number][], before: boolean, behind: boolean}} Marked
   */
  /**
   * A word that was asked for, and whether all that begins with it will do.
   * @typedef {{term: string, open: boolean}} Word
   */
  /**
   * What a query asks for: each word once, all of them in a row as typed, and its phrases. The last word of the row
   * and of the last phrase may be `open` as well. `known` is what is known by now of runs of letters.
   * @typedef {{words: Word[], row: Word[], phrases: Word[][], known: Map<string, number>}} Wanted
   */
  /**
   * Where each month begins among all documents, the month of each document, and the weight that its length has
   * in its score.
   * @typedef {{names: string[], starts: Int32Array, months: Uint16Array, years: string[], weights: Float32Array,
   *   total: number, shards: string[]}} Catalog
   */
  /**
   * Topics and authors of each document: `topicIds` from `topicStarts[n]` to `topicStarts[n + 1]`, and so on.
   * `above` are a topic and those that it stands below.
   * @typedef {{names: string[], levels: string[][], paths: string[], above: number[][], ids: Map<string, number>,
   *   authors: string[], topicStarts: Int32Array, topicIds: Int32Array, authorStarts: Int32Array,
   *   authorIds: Int32Array}} Shelf
   */
  /**
   * @typedef {{texts: number[], docs: [string, string, string, string[], string[][], string][]}} Month
   */

  // Tokens: what lwnindex/tokens.py does; tests/tokens.json holds both to the same.

  const LONGEST = 32;
  const CJK = "\\u1100-\\u11ff\\ua960-\\ua97c\\uac00-\\ud7fb" +
    "\\u3041-\\u3096\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff\\u{1aff0}-\\u{1b16f}" +
    "\\u3005-\\u3007\\u3021-\\u3029\\u3031-\\u3035\\u3038-\\u303c" +
    "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const WORD = `(?:(?![${CJK}])[\\p{L}\\p{N}_])`;
  const LETTER = `(?:(?![${CJK}\\p{Nd}_])[\\p{L}\\p{N}])`;
  const POSSESSIVE = `(?:['\\u2019]s(?!${WORD}))`;
  const JOINED = `(?:(?<=\\p{Nd})\\.(?=\\p{Nd})|(?!${POSSESSIVE})(?<=${LETTER})['\\u2019](?=${LETTER}))`;
  const NAMED = `${LETTER}+\\+\\+(?!${WORD})|${LETTER}#(?!${WORD})`;
  const WORDS = new RegExp(`([${CJK}]+|${NAMED}|${WORD}+(?:${JOINED}${WORD}+)*)${POSSESSIVE}?`, "gu");
  const ASCII_WORDS =
    /([a-z]+\+\+(?!\w)|[a-z]#(?!\w)|\w+(?:(?:(?<=\d)\.(?=\d)|(?!'s(?!\w))(?<=[a-z])'(?=[a-z]))\w+)*)(?:'s(?!\w))?/g;
  const IS_ASCII = /^[\0-\x7f]*$/;
  const IS_PLAIN = /^[a-z0-9]*$/;
  const IS_CJK = new RegExp(`^[${CJK}]`, "u");
  const IS_VERSION = /^v\p{Nd}+\./u;

  /**
   * Returns a text in lower case, without accents, in one form of each character.
   * @param {string} text
   * @returns {string}
   */
  function folded(text) {
    if (IS_ASCII.test(text)) {
      return text.toLowerCase();
    }
    const plain = text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f]+/g, "").normalize("NFC");
    return plain.replace(/\u03c2/g, "\u03c3").replace(/\u0131/g, "i");
  }

  /**
   * Returns the words of a text in their order.
   * @param {string} text
   * @returns {string[]}
   */
  function tokens(text) {
    const plain = folded(text);
    /** @type {string[]} */
    const found = [];
    for (const match of plain.matchAll(IS_ASCII.test(plain) ? ASCII_WORDS : WORDS)) {
      if (IS_PLAIN.test(match[1])) {
        found.push(match[1].slice(0, LONGEST));
      } else {
        found.push(...shaped(match[1]));
      }
    }
    return found;
  }

  /**
   * Returns what becomes of a word that is not plain: the pairs of a run, or its name or version alone.
   * @param {string} word
   * @returns {string[]}
   */
  function shaped(word) {
    if (IS_CJK.test(word)) {
      const run = Array.from(word);
      return run.length < 2 ? run : run.slice(1).map(function (each, at) { return run[at] + each; });
    }
    const name = word.replace(/['\u2019]/g, "").replace(/^_+|_+$/g, "");
    const token = Array.from(IS_VERSION.test(name) ? name.slice(1) : name).slice(0, LONGEST).join("");
    return token ? [token] : [];
  }

  /**
   * Returns what else a token is indexed under.
   * @param {string} token
   * @returns {string[]}
   */
  function parts(token) {
    return token.includes("_")
      ? token.split("_").filter(function (piece) { return Array.from(piece).length > 1; })
      : [];
  }

  /**
   * Returns where a term is sorted.
   * @param {string} term
   * @returns {string}
   */
  function key(term) {
    const first = term.codePointAt(0) || 0;
    return first < 128
      ? Array.from(term).slice(0, 3).join("").replace(/[^a-z0-9]/gu, "_")
      : "_" + (first >> 4).toString(16);
  }

  const MOST_WORDS = 24;

  /**
   * Returns what a query asks for. The word that is still being typed stands for all that begin with it.
   * @param {string} text
   * @returns {Wanted}
   */
  function wanted(text) {
    /** @type {Map<string, Word>} */
    const words = new Map();
    /** @type {Word[]} */
    const row = [];
    const phrases = text.split('"').map(function (piece, at, all) {
      const found = tokens(piece).map(function (term) { return { term: term, open: false }; });
      const last = found[found.length - 1];
      if (last && at === all.length - 1) {
        last.open = goesOn(text, last.term);
      }
      found.forEach(function (word) { words.set(word.term, word); });
      row.push(...found);
      return at % 2 ? found : [];
    });
    return {
      words: Array.from(words.values()).slice(0, MOST_WORDS),
      row: row,
      phrases: phrases.filter(function (phrase) { return phrase.length > 1; }),
      known: new Map(),
    };
  }

  /**
   * Tells whether the last word of a query may not be whole yet.
   * @param {string} text
   * @param {string} term
   * @returns {boolean}
   */
  function goesOn(text, term) {
    return /\S$/.test(text) && (term.length > 1 || IS_CJK.test(term));
  }

  // Numbers as text: 64 symbols; five bits each, the lowest first, and the sixth says that more follow.

  const SYMBOLS = new Uint8Array(128);
  Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_").forEach(function (symbol, at) {
    SYMBOLS[symbol.charCodeAt(0)] = at;
  });
  const COMMA = 44;
  const TITLE = 33;
  const FILED = 64;
  const TIMES = [1, 2, 4, 9];
  const K1 = 1.2;
  const B = 0.75;

  /**
   * Returns the catalog of a site, ready for scores.
   * @param {{months: [string, number, string][], shards: string[]}} given
   * @returns {Catalog}
   */
  function catalogOf(given) {
    const starts = new Int32Array(given.months.length + 1);
    given.months.forEach(function (month, at) { starts[at + 1] = starts[at] + month[1]; });
    const total = starts[given.months.length];
    const weights = new Float32Array(total);
    const months = new Uint16Array(total);
    given.months.forEach(function (month, at) {
      months.fill(at, starts[at], starts[at + 1]);
      for (let n = 0; n < month[1]; n++) {
        weights[starts[at] + n] = 2 ** (SYMBOLS[month[2].charCodeAt(n)] / 4) - 1;
      }
    });
    const mean = weights.reduce(function (sum, each) { return sum + each; }, 0) / Math.max(1, total) || 1;
    weights.forEach(function (length, n) { weights[n] = K1 * (1 - B + (B * length) / mean); });
    return {
      names: given.months.map(function (month) { return month[0].replace(/^(?=$|\.)/, "undated"); }),
      years: given.months.map(function (month) { return /^\d{4}/.test(month[0]) ? month[0].slice(0, 4) : ""; }),
      starts: starts, months: months, weights: weights, total: total, shards: given.shards,
    };
  }

  /**
   * Returns the shards that hold the keys from one to another.
   * @param {string[]} shards
   * @param {string} from
   * @param {string} to
   * @returns {string[]}
   */
  function shardsOf(shards, from, to) {
    const first = Math.max(0, shards.findLastIndex(function (start) { return start <= from; }));
    return shards.filter(function (start, at) { return at >= first && (at === first || start <= to); });
  }

  const WIDEST = 8;

  /**
   * Returns the shards where a word's terms are. Two letters may begin so many that the word alone has to do.
   * @param {string[]} shards
   * @param {Word} word
   * @returns {string[]}
   */
  function shardsFor(shards, word) {
    const start = key(word.term);
    const wide = word.open && start.length < 3 ? shardsOf(shards, start, start + "\x7f") : [];
    return wide.length && wide.length <= WIDEST ? wide : shardsOf(shards, start, start);
  }

  /**
   * Returns the lines of a shard that begin with a text: all that the newline before it makes sure of.
   * @param {string} shard
   * @param {string} start
   * @param {(term: string, postings: string) => void} take
   */
  function eachLine(shard, start, take) {
    let at = shard.indexOf("\n" + start);
    while (at >= 0 && shard.startsWith(start, at + 1)) {
      const end = shard.indexOf("\n", at + 1);
      const gap = shard.indexOf(" ", at + 1);
      if (end < 0 || gap < 0 || gap > end) {
        return;
      }
      take(shard.slice(at + 1, gap), shard.slice(gap + 1, end));
      at = end;
    }
  }

  // Scores.

  const OPENED = 0.6;
  const IN_TITLE = 4;
  const IN_ENTRIES = 2.5;
  const WHOLE_TITLE = 6;
  const IN_A_ROW = 6;

  /**
   * Adds up one word after another: a score, the number of words, and that of words in the title, by document.
   */
  class Tally {
    /** @param {Catalog} catalog */
    constructor(catalog) {
      this.catalog = catalog;
      this.scores = new Float32Array(catalog.total);
      this.counts = new Uint8Array(catalog.total);
      this.inTitle = new Uint8Array(catalog.total);
      this.body = new Float32Array(catalog.total);
      this.where = new Uint8Array(catalog.total);
      this.touched = new Int32Array(catalog.total);
      this.held = 0;
    }

    /**
     * Adds a word: the postings of the term itself, and those of the terms that begin with it.
     * @param {string} exact
     * @param {string[]} longer
     * @returns {number} how many documents have it
     */
    add(exact, longer) {
      this.held = 0;
      if (exact) {
        this.read(exact);
      }
      const whole = this.held;
      longer.forEach(this.read, this);
      this.settle(0, whole, 1);
      this.settle(whole, this.held, whole ? OPENED : 1);
      return this.held;
    }

    /**
     * Notes where a term stands: how often in a body at most, and whether in a title or among the entries.
     * @param {string} postings
     */
    read(postings) {
      const starts = this.catalog.starts;
      for (let at = 0; at < postings.length; at++) {
        const month = SYMBOLS[postings.charCodeAt(at)] * 64 + SYMBOLS[postings.charCodeAt(at + 1)];
        at += 2;
        let id = starts[month] - 1;
        let field = 1;
        let number = 0;
        let shift = 0;
        for (; at < postings.length; at++) {
          const code = postings.charCodeAt(at);
          if (code === COMMA) {
            break;
          }
          if (code === TITLE || code === FILED) {
            field = code === TITLE ? 2 : 4;
            id = starts[month] - 1;
            continue;
          }
          const symbol = SYMBOLS[code];
          number |= (symbol & 31) << shift;
          shift += 5;
          if (symbol < 32) {
            id += 1 + (field === 1 ? number >> 2 : number);
            this.note(id, field, field === 1 ? TIMES[number & 3] : 0);
            number = 0;
            shift = 0;
          }
        }
      }
    }

    /**
     * @param {number} id
     * @param {number} field
     * @param {number} times
     */
    note(id, field, times) {
      if (!this.where[id]) {
        this.touched[this.held++] = id;
        this.body[id] = 0;
      }
      this.where[id] |= field;
      if (times > this.body[id]) {
        this.body[id] = times;
      }
    }

    /**
     * Gives the documents of a word their scores.
     * @param {number} from
     * @param {number} to
     * @param {number} share
     */
    settle(from, to, share) {
      const all = this.catalog.total;
      const rarity = share * Math.log(1 + (all - to + 0.5) / (to + 0.5));
      for (let at = from; at < to; at++) {
        const id = this.touched[at];
        const times = this.body[id];
        const where = this.where[id];
        let score = (times * (K1 + 1)) / (times + this.catalog.weights[id]);
        score += where & 2 ? IN_TITLE : 0;
        score += where & 4 ? IN_ENTRIES : 0;
        this.scores[id] += rarity * score;
        this.counts[id] += 1;
        this.inTitle[id] += where & 2 ? 1 : 0;
        this.where[id] = 0;
      }
    }

    /**
     * Returns the documents that pass and have as many of the words as any of these has, best first;
     * of two that are as good the newer.
     * @param {Uint8Array | null} passing
     * @param {number} words how many were asked for
     * @returns {{ids: Int32Array, most: number}}
     */
    ranked(passing, words) {
      const most = this.most(passing);
      if (!most && (words || !passing)) {
        return { ids: new Int32Array(0), most: 0 };
      }
      const keys = new Float64Array(this.catalog.total);
      let held = 0;
      for (let id = 0; id < this.catalog.total; id++) {
        if (this.counts[id] === most && (!passing || passing[id])) {
          const whole = words > 0 && this.inTitle[id] === words ? WHOLE_TITLE : 0;
          keys[held++] = Math.round((this.scores[id] + whole) * 100) * PLACES + id;
        }
      }
      const ids = new Int32Array(held);
      keys.subarray(0, held).sort().forEach(function (each, at) { ids[held - 1 - at] = each % PLACES; });
      return { ids: ids, most: most };
    }

    /**
     * Returns the largest number of words that a document has.
     * @param {Uint8Array | null} passing
     * @returns {number}
     */
    most(passing) {
      let most = 0;
      for (let id = 0; id < this.catalog.total; id++) {
        if (this.counts[id] > most && (!passing || passing[id])) {
          most = this.counts[id];
        }
      }
      return most;
    }
  }

  const PLACES = 2 ** 24;

  // Topics, authors, years.

  /**
   * Returns a topic as an address and a filter name it: a slash within a level is doubled.
   * @param {string[]} levels
   * @returns {string}
   */
  function topicName(levels) {
    return levels.map(function (level) { return level.replace(/\//g, "//"); }).join("/");
  }

  /**
   * Returns the topics and authors of all documents.
   * @param {{topics: [string[], string][], authors: string[], docs: string[]}} given
   * @param {number} total
   * @returns {Shelf}
   */
  function shelfOf(given, total) {
    const topics = numbered(given.docs, 0, total);
    const authors = numbered(given.docs, 1, total);
    /** @type {Shelf} */
    const shelf = {
      names: [], levels: [], paths: [], above: [], ids: new Map(), authors: given.authors,
      topicStarts: topics.starts, topicIds: topics.ids, authorStarts: authors.starts, authorIds: authors.ids,
    };
    given.topics.forEach(function (topic) { shelve(shelf, topic[0], topic[1]); });
    given.topics.forEach(function (topic, at) {
      shelf.above[at] = topic[0].map(function (_, depth) {
        const levels = topic[0].slice(0, depth + 1);
        const id = shelf.ids.get(topicName(levels));
        return id === undefined ? shelve(shelf, levels, "") : id;
      });
    });
    return shelf;
  }

  /**
   * Adds a topic, and returns its number.
   * @param {Shelf} shelf
   * @param {string[]} levels
   * @param {string} path
   * @returns {number}
   */
  function shelve(shelf, levels, path) {
    shelf.ids.set(topicName(levels), shelf.names.length);
    shelf.levels.push(levels);
    shelf.paths.push(path);
    return shelf.names.push(topicName(levels)) - 1;
  }

  const BAR = 124;
  const SEMICOLON = 59;

  /**
   * Returns the numbers that stand before or behind the bars of all documents: base 36, parted by commas.
   * @param {string[]} months
   * @param {number} side 0 or 1
   * @param {number} total
   * @returns {{starts: Int32Array, ids: Int32Array}}
   */
  function numbered(months, side, total) {
    const starts = new Int32Array(total + 1);
    /** @type {number[]} */
    const ids = [];
    let id = 0;
    for (const month of months) {
      let here = 0;
      let value = -1;
      for (let at = 0; at <= month.length && month; at++) {
        const code = at < month.length ? month.charCodeAt(at) : SEMICOLON;
        if (code !== COMMA && code !== BAR && code !== SEMICOLON) {
          value = Math.max(0, value) * 36 + code - (code < 58 ? 48 : 87);
          continue;
        }
        if (value >= 0 && here === side) {
          ids.push(value);
        }
        value = -1;
        here = code === BAR ? 1 : code === SEMICOLON ? 0 : here;
        if (code === SEMICOLON) {
          id += 1;
          starts[id] = ids.length;
        }
      }
    }
    return { starts: starts, ids: Int32Array.from(ids) };
  }

  /**
   * Returns 1 for each document that passes the filters; null where there are none.
   * @param {Catalog} catalog
   * @param {Shelf} shelf
   * @param {Query} query
   * @returns {Uint8Array | null}
   */
  function passing(catalog, shelf, query) {
    if (!query.index && !query.topic && !query.author && !query.year) {
      return null;
    }
    const found = new Uint8Array(catalog.total).fill(1);
    const filed = [query.index && topicName([query.index]), query.topic].filter(Boolean);
    filed.forEach(function (name) { keepFiled(found, shelf, name); });
    if (query.author) {
      const author = shelf.authors.indexOf(query.author);
      keep(found, shelf.authorStarts, shelf.authorIds, function (each) { return each === author; });
    }
    if (query.year) {
      catalog.years.forEach(function (year, at) {
        if (year !== query.year) {
          found.fill(0, catalog.starts[at], catalog.starts[at + 1]);
        }
      });
    }
    return found;
  }

  /**
   * Keeps the documents of a topic and of all below it.
   * @param {Uint8Array} found
   * @param {Shelf} shelf
   * @param {string} name
   */
  function keepFiled(found, shelf, name) {
    const wanted = shelf.ids.get(name);
    const below = shelf.above.map(function (above) { return wanted !== undefined && above.includes(wanted); });
    keep(found, shelf.topicStarts, shelf.topicIds, function (each) { return below[each]; });
  }

  /**
   * Keeps the documents of which one number is as wanted.
   * @param {Uint8Array} found
   * @param {Int32Array} starts
   * @param {Int32Array} ids
   * @param {(id: number) => boolean} fits
   */
  function keep(found, starts, ids, fits) {
    for (let id = 0; id < found.length; id++) {
      let kept = 0;
      for (let at = starts[id]; at < starts[id + 1] && !kept; at++) {
        kept = fits(ids[at]) ? 1 : 0;
      }
      found[id] &= kept;
    }
  }

  /**
   * Returns how many of the documents have each value of each facet, the most frequent first (years: the newest).
   * @param {Catalog} catalog
   * @param {Shelf} shelf
   * @param {Int32Array} ids
   * @returns {Facets}
   */
  function facetsOf(catalog, shelf, ids) {
    const topics = new Int32Array(shelf.names.length);
    const authors = new Int32Array(shelf.authors.length);
    const months = new Int32Array(catalog.names.length);
    const last = new Int32Array(shelf.names.length).fill(-1);
    for (const id of ids) {
      for (let at = shelf.topicStarts[id]; at < shelf.topicStarts[id + 1]; at++) {
        for (const each of shelf.above[shelf.topicIds[at]]) {
          if (last[each] !== id) {
            last[each] = id;
            topics[each] += 1;
          }
        }
      }
      for (let at = shelf.authorStarts[id]; at < shelf.authorStarts[id + 1]; at++) {
        authors[shelf.authorIds[at]] += 1;
      }
      months[catalog.months[id]] += 1;
    }
    return {
      index: topicChoices(shelf, topics, function (depth) { return depth === 1; }),
      topic: topicChoices(shelf, topics, function (depth) { return depth > 1; }),
      author: choices(shelf.authors, authors),
      year: yearChoices(catalog, months),
    };
  }

  /**
   * @param {string[]} names
   * @param {Int32Array} counts
   * @returns {Choice[]}
   */
  function choices(names, counts) {
    return names
      .map(function (name, at) { return { value: name, name: name, count: counts[at], path: "" }; })
      .filter(function (choice) { return choice.count > 0; })
      .sort(function (one, other) { return other.count - one.count || (one.name < other.name ? -1 : 1); });
  }

  /**
   * @param {Shelf} shelf
   * @param {Int32Array} counts
   * @param {(depth: number) => boolean} fits
   * @returns {Choice[]}
   */
  function topicChoices(shelf, counts, fits) {
    const found = choices(shelf.names, counts.map(function (count, at) {
      return fits(shelf.levels[at].length) ? count : 0;
    }));
    return found.map(function (choice) {
      const id = shelf.ids.get(choice.value) || 0;
      const levels = shelf.levels[id];
      const name = levels.length === 1 ? levels[0] : levels.slice(1).join(" / ");
      const value = levels.length === 1 ? name : choice.value;
      return { value: value, name: name, count: choice.count, path: shelf.paths[id] };
    });
  }

  /**
   * @param {Catalog} catalog
   * @param {Int32Array} counts by month
   * @returns {Choice[]}
   */
  function yearChoices(catalog, counts) {
    const names = Array.from(new Set(catalog.years)).filter(Boolean);
    const years = new Int32Array(names.length);
    catalog.years.forEach(function (year, at) {
      if (year) {
        years[names.indexOf(year)] += counts[at];
      }
    });
    return choices(names, years).sort(function (one, other) { return one.name < other.name ? 1 : -1; });
  }

  // Words in a text.

  /**
   * Returns what tells whether a token is one that was asked for: its place among the words, or -1.
   * @param {Wanted} asked
   * @returns {(token: string) => number}
   */
  function finder(asked) {
    const exact = new Map(asked.words.map(function (word, at) { return [word.term, at]; }));
    const open = asked.words.findIndex(function (word) { return word.open; });
    const start = open < 0 ? "" : asked.words[open].term;
    return function (token) {
      for (const each of [token].concat(parts(token))) {
        const at = exact.get(each);
        if (at !== undefined) {
          return at;
        }
        if (start && each.startsWith(start)) {
          return open;
        }
      }
      return -1;
    };
  }

  const PIECES = /[\p{L}\p{N}\p{M}_]+(?:['\u2019.][\p{L}\p{N}\p{M}_]+)*[+#]*/gu;
  const SMALLER = /[\p{L}\p{N}\p{M}_]+/gu;

  /**
   * Returns where the words that were asked for stand in a text: from, to, and which word.
   * @param {string} text
   * @param {Wanted} asked
   * @returns {[number, number, number][]}
   */
  function places(text, asked) {
    const place = finder(asked);
    /** @type {[number, number, number][]} */
    const found = [];
    for (const match of text.matchAll(PIECES)) {
      const count = countIn(match[0], place, asked.known);
      if (count) {
        placesIn(match[0], match.index, count, place, found);
      }
    }
    return found;
  }

  /**
   * Returns how many tokens a run of letters has, 0 where none was asked for; most runs stand in many texts.
   * @param {string} piece
   * @param {(token: string) => number} place
   * @param {Map<string, number>} known
   * @returns {number}
   */
  function countIn(piece, place, known) {
    let count = known.get(piece);
    if (count === undefined) {
      const found = tokens(piece);
      count = found.some(function (token) { return place(token) >= 0; }) ? found.length : 0;
      known.set(piece, count);
    }
    return count;
  }

  /**
   * Adds the places of words within a run of letters, which is one word, several, or one without spaces.
   * @param {string} piece
   * @param {number} from
   * @param {number} count of its tokens
   * @param {(token: string) => number} place
   * @param {[number, number, number][]} found
   */
  function placesIn(piece, from, count, place, found) {
    const smaller = count > 1 ? Array.from(piece.matchAll(SMALLER)) : [];
    if (smaller.length > 1) {
      smaller.forEach(function (match) {
        placesIn(match[0], from + match.index, tokens(match[0]).length, place, found);
      });
    } else if (count > 1) {
      pairs(piece, from, place, found);
    } else {
      const at = Math.max(-1, ...tokens(piece).map(place));
      if (at >= 0) {
        const known = tokens(piece)[0];
        found.push([from, from + piece.length - (/[+#]$/.test(known) ? 0 : piece.length - piece.replace(/[+#]+$/, "").length), at]);
      }
    }
  }

  /**
   * Adds the places of pairs of characters in a run that has no spaces.
   * @param {string} piece
   * @param {number} from
   * @param {(token: string) => number} place
   * @param {[number, number, number][]} found
   */
  function pairs(piece, from, place, found) {
    const run = Array.from(piece);
    let start = from;
    run.forEach(function (each, at) {
      const pair = each + (run[at + 1] || "");
      const known = tokens(pair);
      const word = known.length === 1 ? place(known[0]) : -1;
      const last = found[found.length - 1];
      if (word >= 0 && last && last[1] > start && last[1] <= start + pair.length) {
        last[1] = start + pair.length;
      } else if (word >= 0) {
        found.push([start, start + pair.length, word]);
      }
      start += each.length;
    });
  }

  /**
   * Returns a text with its marks.
   * @param {string} text
   * @param {Wanted} asked
   * @returns {Marked}
   */
  function marked(text, asked) {
    return cut(text, [0, text.length], places(text, asked));
  }

  const WIDTH = 170;
  const LEAD = 50;

  /**
   * Returns the passages of a text that hold the most of the words, two at most, in their order; its start where none.
   * @param {string} text
   * @param {Wanted} asked
   * @returns {Marked[]}
   */
  function passages(text, asked) {
    let left = places(text, asked);
    const all = left;
    /** @type {[number, number][]} */
    const chosen = [];
    while (left.length && chosen.length < 2) {
      const best = richest(left);
      const window = widened(text, left[best.from][0], left[best.to][1]);
      chosen.push(window);
      const seen = new Set(all.filter(function (each) { return within(each, window); }).map(function (each) { return each[2]; }));
      left = left.filter(function (each) { return !seen.has(each[2]); });
    }
    if (!chosen.length) {
      chosen.push(widened(text, 0, 0));
    }
    return merged(chosen).map(function (window) { return cut(text, window, all); });
  }

  /**
   * @param {[number, number, number]} place
   * @param {[number, number]} window
   * @returns {boolean}
   */
  function within(place, window) {
    return place[0] >= window[0] && place[1] <= window[1];
  }

  /**
   * Returns the first stretch of places that holds the most different words, then the most places.
   * @param {[number, number, number][]} found
   * @returns {{from: number, to: number}}
   */
  function richest(found) {
    let best = { from: 0, to: 0 };
    let worth = 0;
    for (let from = 0; from < found.length; from++) {
      let to = from;
      while (to + 1 < found.length && found[to + 1][1] - found[from][0] <= WIDTH) {
        to += 1;
      }
      const different = new Set(found.slice(from, to + 1).map(function (each) { return each[2]; })).size;
      if (different * 100 + Math.min(99, to - from) > worth) {
        worth = different * 100 + Math.min(99, to - from);
        best = { from: from, to: to };
      }
    }
    return best;
  }

  /**
   * Returns the window around a stretch, from and to a space where one is near.
   * @param {string} text
   * @param {number} from
   * @param {number} to
   * @returns {[number, number]}
   */
  function widened(text, from, to) {
    let start = Math.max(0, from - LEAD);
    const end = Math.min(text.length, Math.max(to + LEAD, start + WIDTH + LEAD));
    const gap = start ? text.slice(start, from).search(/\s/) : -1;
    start = gap < 0 ? (start ? whole(text, start) : 0) : start + gap + 1;
    const rest = end < text.length ? /\s\S*$/.exec(text.slice(to, end)) : null;
    return [start, rest ? to + rest.index : whole(text, end)];
  }

  /**
   * Returns a place that parts no character.
   * @param {string} text
   * @param {number} at
   * @returns {number}
   */
  function whole(text, at) {
    return at > 0 && /[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at;
  }

  /**
   * Returns the windows in their order, those that touch as one.
   * @param {[number, number][]} windows
   * @returns {[number, number][]}
   */
  function merged(windows) {
    const sorted = windows.slice().sort(function (one, other) { return one[0] - other[0]; });
    return sorted.length === 2 && sorted[1][0] <= sorted[0][1] + 1
      ? [[sorted[0][0], Math.max(sorted[0][1], sorted[1][1])]]
      : sorted;
  }

  /**
   * Returns a window of a text with the marks in it.
   * @param {string} text
   * @param {[number, number]} window
   * @param {[number, number, number][]} found
   * @returns {Marked}
   */
  function cut(text, window, found) {
    const inside = found.filter(function (each) { return within(each, window); });
    return {
      text: text.slice(window[0], window[1]).replace(/\n/g, " "),
      marks: inside.map(function (each) { return [each[0] - window[0], each[1] - window[0]]; }),
      before: window[0] > 0,
      behind: window[1] < text.length,
    };
  }

  const WITHIN = new RegExp(`(?!${POSSESSIVE})(?<=${LETTER})['\\u2019](?=${LETTER})`, "gu");

  /**
   * Returns a folded text in which every token but the pairs of a run stands as it is written.
   * @param {string} text
   * @returns {string}
   */
  function levelled(text) {
    const plain = folded(text);
    return /['\u2019]/.test(plain) ? plain.replace(WITHIN, "") : plain;
  }

  /**
   * Tells whether the words of a phrase follow one another in a levelled text.
   * Only what stands around its first word is read: no token reaches across a space.
   * @param {string} text
   * @param {Word[]} phrase
   * @returns {boolean}
   */
  function follows(text, phrase) {
    const first = phrase[0].term;
    const reach = 100 + 3 * phrase.reduce(function (sum, word) { return sum + word.term.length; }, 0);
    let read = 0;
    for (let at = text.indexOf(first); at >= 0; at = text.indexOf(first, Math.max(read, at + 1))) {
      const from = spaceAround(text, at, -1);
      const to = spaceAround(text, at + reach, 1);
      const found = tokens(text.slice(from, to));
      if (hasRow(found, phrase)) {
        return true;
      }
      read = to < text.length ? at + 1 : to;
    }
    return false;
  }

  /**
   * Tells whether words follow one another among tokens.
   * @param {string[]} found
   * @param {Word[]} row
   * @returns {boolean}
   */
  function hasRow(found, row) {
    return found.some(function (_, n) {
      return row.every(function (word, place) { return same(found[n + place], word); });
    });
  }

  /**
   * Returns the nearest place before or behind one that a space parts.
   * @param {string} text
   * @param {number} at
   * @param {number} step
   * @returns {number}
   */
  function spaceAround(text, at, step) {
    let found = Math.min(at, text.length);
    while (found > 0 && found < text.length && !/\s/.test(text[found])) {
      found += step;
    }
    return found;
  }

  /**
   * @param {string | undefined} token
   * @param {Word} word
   * @returns {boolean}
   */
  function same(token, word) {
    return token === word.term || (word.open && token !== undefined && token.startsWith(word.term));
  }

  // Misspelt words.

  /**
   * Returns how many letters were left out, added, changed or swapped; more than `limit` is `limit` + 1.
   * @param {string} one
   * @param {string} other
   * @param {number} limit
   * @returns {number}
   */
  function distance(one, other, limit) {
    if (Math.abs(one.length - other.length) > limit) {
      return limit + 1;
    }
    /** @type {number[]} */
    let above = [];
    /** @type {number[]} */
    let row = Array.from({ length: other.length + 1 }, function (_, at) { return at; });
    for (let a = 1; a <= one.length; a++) {
      const next = [a];
      let least = a;
      for (let b = 1; b <= other.length; b++) {
        const same = one[a - 1] === other[b - 1] ? 0 : 1;
        next[b] = Math.min(row[b] + 1, next[b - 1] + 1, row[b - 1] + same);
        if (a > 1 && b > 1 && one[a - 1] === other[b - 2] && one[a - 2] === other[b - 1]) {
          next[b] = Math.min(next[b], above[b - 2] + 1);
        }
        least = Math.min(least, next[b]);
      }
      if (least > limit) {
        return limit + 1;
      }
      above = row;
      row = next;
    }
    return Math.min(limit + 1, row[other.length]);
  }

  /**
   * Returns the shards where a word may stand that was meant: its own, and those of letters swapped near its start.
   * @param {string[]} shards
   * @param {string} term
   * @returns {string[]}
   */
  function shardsNear(shards, term) {
    const swapped = [term, term[1] + term[0] + term.slice(2), term[0] + term[2] + term[1] + term.slice(3)];
    const found = swapped.slice(0, term.length > 2 ? 3 : 2).flatMap(function (each) {
      return shardsOf(shards, key(each), key(each));
    });
    const start = key(term).slice(0, 2);
    const wide = term.charCodeAt(0) < 128 ? shardsOf(shards, start, start + "\x7f") : [];
    return Array.from(new Set(wide.length <= WIDEST ? found.concat(wide) : found));
  }

  const OFFERED = 3;

  /**
   * Returns the terms nearest to a word, of those as near the most frequent.
   * @param {string} term
   * @param {string[]} shards
   * @returns {string[]}
   */
  function nearest(term, shards) {
    const limit = term.length < 5 ? 1 : 2;
    /** @type {{term: string, far: number, weight: number}[]} */
    const found = [];
    shards.forEach(function (shard) {
      eachLine(shard, "", function (each, postings) {
        const far = distance(term, each, limit);
        if (far > 0 && far <= limit) {
          found.push({ term: each, far: far, weight: postings.length });
        }
      });
    });
    found.sort(function (one, other) {
      return one.far - other.far || other.weight - one.weight || (one.term < other.term ? -1 : 1);
    });
    return found.slice(0, OFFERED).map(function (each) { return each.term; });
  }

  /**
   * Returns a query with another word in place of one.
   * @param {string} text
   * @param {string} term
   * @param {string} other
   * @returns {string}
   */
  function replaced(text, term, other) {
    return text.split(/([\s"]+)/).map(function (piece) {
      const known = tokens(piece);
      return known.includes(term)
        ? known.map(function (each) { return each === term ? other : each; }).join(" ")
        : piece;
    }).join("").trim();
  }

  const PAGE = 10;
  const WEIGHED = 20;
  const CHECKED = 200;
  const TOGETHER = 40;

  /**
   * The search. Nothing is loaded before the first question; what was loaded is kept.
   */
  class Engine {
    /** @param {(path: string) => Promise<void>} load asks for a file below search/ and waits until it has run */
    constructor(load) {
      this.load = load;
      this.turn = 0;
      /** @type {Map<string, Promise<any>>} */
      this.kept = new Map();
      /** @type {Map<string, unknown>} */
      this.arrived = new Map();
      const arrived = this.arrived;
      Object.assign(globalThis, {
        /** @type {(kind: string, name: string, payload: unknown) => void} */
        lwnindexSearch: function (kind, name, payload) { arrived.set(kind + " " + name, payload); },
      });
    }

    /**
     * Returns what a file holds, made ready by `make`; a file that could not be had is asked for again next time.
     * @template T
     * @param {string} kind
     * @param {string} name
     * @param {string} path
     * @param {(payload: any) => T | Promise<T>} make
     * @returns {Promise<T>}
     */
    get(kind, name, path, make) {
      const known = this.kept.get(path);
      if (known) {
        return known;
      }
      const coming = this.load(path).then(() => {
        if (!this.arrived.has(kind + " " + name)) {
          throw new Error(path);
        }
        const payload = this.arrived.get(kind + " " + name);
        this.arrived.delete(kind + " " + name);
        return make(payload);
      });
      coming.catch(() => { this.kept.delete(path); });
      this.kept.set(path, coming);
      return coming;
    }

    /** @returns {Promise<Catalog>} */
    catalog() {
      return this.get("catalog", "", "catalog.js", catalogOf);
    }

    /**
     * @param {Catalog} catalog
     * @returns {Promise<Shelf>}
     */
    shelf(catalog) {
      return this.get("facets", "", "facets.js", function (given) { return shelfOf(given, catalog.total); });
    }

    /**
     * @param {string[]} starts
     * @returns {Promise<string[]>}
     */
    shards(starts) {
      return Promise.all(starts.map((start) => this.get("terms", start, `terms/t-${start}.js`, function (lines) {
        return "\n" + lines.trim() + "\n";
      })));
    }

    /**
     * @param {string} name
     * @returns {Promise<Month>}
     */
    month(name) {
      return this.get("docs", name, `docs/${name}.js`, function (given) { return given; });
    }

    /**
     * Returns the text of a document.
     * @param {Catalog} catalog
     * @param {number} id
     * @returns {Promise<string>}
     */
    async text(catalog, id) {
      const at = catalog.months[id];
      const month = await this.month(catalog.names[at]);
      const number = id - catalog.starts[at];
      const file = Math.max(0, month.texts.findLastIndex(function (first) { return first <= number; }));
      const name = `${catalog.names[at]}-${file}`;
      const texts = await this.get("texts", name, `texts/${name}.js`, inflated);
      return texts[number - month.texts[file]];
    }

    /**
     * Returns what a query comes to; null where another was asked meanwhile.
     * @param {Query} query
     * @returns {Promise<Found | null>}
     */
    async search(query) {
      const turn = ++this.turn;
      const asked = wanted(query.text);
      const catalog = await this.catalog();
      const [shelf, tallied] = await Promise.all([this.shelf(catalog), this.tally(catalog, asked)]);
      if (turn !== this.turn) {
        return null;
      }
      const ranked = tallied.tally.ranked(passing(catalog, shelf, query), asked.words.length);
      const checked = await this.checked(catalog, ranked.ids, asked, ranked.most, turn);
      const page = Math.max(1, Math.min(query.page, Math.ceil(checked.ids.length / PAGE)));
      const best = await this.weighed(catalog, checked.ids, asked, tallied.tally);
      const hits = await this.hits(catalog, shelf, best.subarray((page - 1) * PAGE, page * PAGE));
      const instead = await this.instead(catalog, query.text, tallied.missing);
      if (turn !== this.turn) {
        return null;
      }
      return {
        total: best.length, page: page, pages: Math.ceil(best.length / PAGE), hits: hits,
        facets: facetsOf(catalog, shelf, best), complete: ranked.most === asked.words.length,
        missing: tallied.missing, instead: instead, checked: checked.count, open: checked.open, wanted: asked,
      };
    }

    /**
     * Returns the sums over all words, and the words that no document has.
     * @param {Catalog} catalog
     * @param {Wanted} asked
     * @returns {Promise<{tally: Tally, missing: string[]}>}
     */
    async tally(catalog, asked) {
      const shards = await Promise.all(asked.words.map((word) => this.shards(shardsFor(catalog.shards, word))));
      const tally = new Tally(catalog);
      /** @type {string[]} */
      const missing = [];
      asked.words.forEach(function (word, at) {
        let exact = "";
        /** @type {string[]} */
        const longer = [];
        shards[at].forEach(function (shard) {
          eachLine(shard, word.open ? word.term : word.term + " ", function (term, postings) {
            if (term === word.term) {
              exact = postings;
            } else {
              longer.push(postings);
            }
          });
        });
        if (!tally.add(exact, longer)) {
          missing.push(word.term);
        }
      });
      return { tally: tally, missing: missing };
    }

    /**
     * Returns the documents whose title or text has the phrases; no more than the best are looked at.
     * @param {Catalog} catalog
     * @param {Int32Array} ids
     * @param {Wanted} asked
     * @param {number} most
     * @param {number} turn
     * @returns {Promise<{ids: Int32Array, count: number, open: boolean}>}
     */
    async checked(catalog, ids, asked, most, turn) {
      if (!asked.phrases.length || most < asked.words.length) {
        return { ids: ids, count: 0, open: false };
      }
      const looked = Array.from(ids.subarray(0, CHECKED));
      /** @type {number[]} */
      const found = [];
      for (let at = 0; at < looked.length && turn === this.turn; at += TOGETHER) {
        const some = looked.slice(at, at + TOGETHER);
        const fit = await Promise.all(some.map((id) => this.says(catalog, id, asked.phrases)));
        found.push(...some.filter(function (_, n) { return fit[n]; }));
      }
      return { ids: Int32Array.from(found), count: looked.length, open: ids.length > CHECKED };
    }

    /**
     * Tells whether a document has each phrase in its title or in its text.
     * @param {Catalog} catalog
     * @param {number} id
     * @param {Word[][]} phrases
     * @returns {Promise<boolean>}
     */
    async says(catalog, id, phrases) {
      const at = catalog.months[id];
      const text = levelled(await this.text(catalog, id));
      const title = levelled((await this.month(catalog.names[at])).docs[id - catalog.starts[at]][0]);
      return phrases.every(function (phrase) { return follows(title, phrase) || follows(text, phrase); });
    }

    /**
     * Returns the documents with those of the best first whose title is little else than the words, or has them
     * in a row.
     * @param {Catalog} catalog
     * @param {Int32Array} ids
     * @param {Wanted} asked
     * @param {Tally} tally
     * @returns {Promise<Int32Array>}
     */
    async weighed(catalog, ids, asked, tally) {
      const top = Array.from(ids.subarray(0, WEIGHED));
      const words = asked.words.length;
      if (!words || !top.some(function (id) { return tally.inTitle[id] === words; })) {
        return ids;
      }
      const scores = await Promise.all(top.map(async (id) => {
        if (tally.inTitle[id] !== words) {
          return tally.scores[id];
        }
        const at = catalog.months[id];
        const title = tokens((await this.month(catalog.names[at])).docs[id - catalog.starts[at]][0]);
        return tally.scores[id] + WHOLE_TITLE * (1 + words / Math.max(words, title.length)) +
          (words > 1 && hasRow(title, asked.row) ? IN_A_ROW : 0);
      }));
      const order = top.map(function (_, at) { return at; });
      order.sort(function (one, other) { return scores[other] - scores[one] || top[other] - top[one]; });
      const found = ids.slice();
      order.forEach(function (at, place) { found[place] = top[at]; });
      return found;
    }

    /**
     * Returns documents as they are shown.
     * @param {Catalog} catalog
     * @param {Shelf} shelf
     * @param {Int32Array} ids
     * @returns {Promise<Hit[]>}
     */
    hits(catalog, shelf, ids) {
      return Promise.all(Array.from(ids, async (id) => {
        const at = catalog.months[id];
        const month = await this.month(catalog.names[at]);
        const [title, path, date, authors, topics, lang] = month.docs[id - catalog.starts[at]];
        return {
          id: id, title: title, path: path, date: date, authors: authors, lang: lang,
          topics: topics.map(function (levels) {
            const topic = shelf.ids.get(topicName(levels));
            return { name: levels.join(" / "), path: topic === undefined ? "" : shelf.paths[topic] };
          }),
        };
      }));
    }

    /**
     * Returns queries that may have been meant by one with words that no document has.
     * @param {Catalog} catalog
     * @param {string} text
     * @param {string[]} missing
     * @returns {Promise<string[]>}
     */
    async instead(catalog, text, missing) {
      const offers = await Promise.all(missing.filter(function (term) { return term.length > 2; }).map(async (term) => {
        const shards = await this.shards(shardsNear(catalog.shards, term));
        return { term: term, terms: nearest(term, shards) };
      }));
      const known = offers.filter(function (offer) { return offer.terms.length > 0; });
      if (known.length === 1) {
        return known[0].terms.map(function (term) { return replaced(text, known[0].term, term); });
      }
      const all = known.reduce(function (query, offer) { return replaced(query, offer.term, offer.terms[0]); }, text);
      return known.length ? [all] : [];
    }

    /**
     * Returns the passages of an article found that hold the words; nothing where another query was asked meanwhile.
     * @param {Hit} hit
     * @param {Wanted} asked
     * @returns {Promise<Marked[] | null>}
     */
    async excerpt(hit, asked) {
      const turn = this.turn;
      const text = await this.text(await this.catalog(), hit.id);
      return turn === this.turn ? passages(text, asked) : null;
    }
  }

  /**
   * Returns the texts of a file.
   * @param {string} base64
   * @returns {Promise<string[]>}
   */
  async function inflated(base64) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at++) {
      bytes[at] = text.charCodeAt(at);
    }
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return JSON.parse(await new Response(stream).text());
  }

  /**
   * Returns the search over the files that `load` gets.
   * @param {(path: string) => Promise<void>} load
   */
  function engine(load) {
    return new Engine(load);
  }
  return Object.assign(engine, { tokens: tokens, parts: parts, key: key, marked: marked, passages: passages, wanted: wanted });
})();
