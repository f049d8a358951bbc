// Answers queries, one a line, by the search page's own program over the files of a site; a JSON line each.
"use strict";

const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const [site] = process.argv.slice(2);
const program = fs.readFileSync(path.join(site, "assets", "search-engine.js"), "utf8");
vm.runInThisContext(program + "\n;globalThis.lwnindexEngine = lwnindexEngine;");

async function load(name) {
  vm.runInThisContext(fs.readFileSync(path.join(site, "search", name), "utf8"));
}

async function main() {
  const engine = globalThis.lwnindexEngine(load);
  const filters = { page: 1, index: "", topic: "", author: "", year: "" };
  for (const text of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
    const found = await engine.search({ text: JSON.parse(text), ...filters });
    console.log(JSON.stringify(found.hits.map((hit) => hit.path)));
  }
}

main();
