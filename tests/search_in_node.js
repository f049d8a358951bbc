// Answers questions, one JSON value a line, by the search's own program over the files of a folder.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const [program, folder] = process.argv.slice(2);
vm.runInThisContext(fs.readFileSync(program, "utf8") + "\n;globalThis.lwnindexEngine = lwnindexEngine;");
const loaded = [];
const absent = new Set();

function load(name) {
  loaded.push(name);
  if (absent.has(name)) {
    return Promise.reject(new Error(name));
  }
  return Promise.resolve().then(() => vm.runInThisContext(fs.readFileSync(path.join(folder, name), "utf8")));
}

const engine = globalThis.lwnindexEngine(load);

async function search(text, filters) {
  return engine.search({ text, page: 1, index: "", topic: "", author: "", year: "", ...filters });
}

const ANSWERS = {
  tokens: (text) => globalThis.lwnindexEngine.tokens(text),
  parts: (token) => globalThis.lwnindexEngine.parts(token),
  key: (term) => globalThis.lwnindexEngine.key(term),
  marked: (text, query) => globalThis.lwnindexEngine.marked(text, globalThis.lwnindexEngine.wanted(query)),
  passages: (text, query) => globalThis.lwnindexEngine.passages(text, globalThis.lwnindexEngine.wanted(query)),
  loaded: () => loaded.splice(0),
  search,
  excerpts: async (text) => {
    const found = await search(text);
    return Promise.all(found.hits.map((hit) => engine.excerpt(hit, found.wanted)));
  },
  overtaken: async (...texts) => {
    const found = await Promise.all(texts.map((text) => search(text)));
    return found.map((each) => each && each.hits.map((hit) => hit.title));
  },
  failing: async (name, text) => {
    absent.add(name);
    const failed = await search(text).then(() => "", (error) => error.message);
    absent.delete(name);
    return [failed, (await search(text)).total];
  },
};

async function main() {
  for (const line of fs.readFileSync(0, "utf8").trim().split("\n")) {
    const [name, ...values] = JSON.parse(line);
    console.log(JSON.stringify(await ANSWERS[name](...values)));
  }
}

main();
