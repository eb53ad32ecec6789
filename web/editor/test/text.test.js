// What the scripts make of text: positions, layout, spaces.

import assert from "node:assert/strict";
import { test } from "node:test";

import { indexOfColumn } from "../out/findings.js";
import { changesBetween, mapped } from "../out/layout.js";
import { withoutNoBreakSpaces } from "../out/spaces.js";
import { removeAll } from "../out/storage.js";
import { byFile } from "../out/typing.js";

/** The text after the changes, made as an editor makes them. */
function changed(text, changes) {
  return changes.reduceRight((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text);
}

test("the changes of a layout lead from the old text to the new one", () => {
  const laidOut = "package a\n\nfunc f() {\n\tx := 1\n}\n";
  for (const [old, next] of [
    ["", ""],
    ["", laidOut],
    [laidOut, ""],
    [laidOut, laidOut],
    ["package a\nfunc f(){\n  x:=1\n}", laidOut],
    ["\n\npackage  a\r\n\r\nfunc f() {\r\n\tx := 1\r\n}\r\n", laidOut],
    ['import ("b"; "a")\nvar x int', 'import (\n\t"a"\n\t"b"\n)\n\nvar x int\n'],
    ["a  b", "a b "],
    ["é  𝄞 x", "é 𝄞 y x"],
  ]) {
    const changes = changesBetween(old, next);
    assert.equal(changed(old, changes), next);
    let end = 0;
    for (const { from, to } of changes) {
      assert.ok(from >= end && to >= from, `${JSON.stringify(changes)} overlap or are out of order`);
      end = to;
    }
  }
});

test("white space that moves changes nothing else", () => {
  assert.deepEqual(changesBetween("if  x {\n  y\n}", "if x {\n\ty\n}"), [
    { from: 2, to: 4, insert: " " },
    { from: 7, to: 10, insert: "\n\t" },
  ]);
});

test("the cursor stays at its word", () => {
  const old = "func f(){\n    return  x\n}";
  const next = "func f() {\n\treturn x\n}\n";
  const changes = changesBetween(old, next);
  for (const word of ["func", "f(", "return", "x", "}"]) {
    assert.equal(mapped(old.indexOf(word), changes), next.indexOf(word), word);
  }
  assert.equal(mapped(old.length, changes), next.length);
  assert.ok(mapped(old.indexOf("    return") + 2, changes) <= next.indexOf("return"));
});

test("a column counts bytes of UTF-8, an index units of UTF-16", () => {
  const line = "aé€𝄞z"; // of 1, 2, 3, 4 and 1 bytes
  const columns = { a: 1, é: 2, "€": 4, "𝄞": 7, z: 11 };
  for (const [letter, column] of Object.entries(columns)) {
    assert.equal(indexOfColumn(line, column), line.indexOf(letter), letter);
  }
  assert.equal(indexOfColumn(line, 99), line.length);
});

test("no-break spaces become spaces, other text stays", () => {
  assert.equal(withoutNoBreakSpaces("a\u00a0:\u202fb — é\t\n"), "a : b — é\t\n");
});

test("what is said of no file is said of the first", () => {
  const of = (file, text) => ({ file, line: 1, column: 2, severity: "error", key: "k", text });
  const found = byFile([of("b.go", "`x` is not used"), of("", "no `main`"), of("b.go", "more")], "a.go");
  assert.deepEqual([...found.keys()], ["b.go", "a.go"]);
  assert.deepEqual(found.get("b.go").map((f) => f.message), ["x is not used", "more"]);
  assert.deepEqual(found.get("a.go"), [{ line: 1, column: 2, severity: "error", key: "k", message: "no main" }]);
});

test("what is kept under a prefix goes, where anything is kept", () => {
  const kept = new Map([["a:1", ""], ["b", ""], ["a:2", ""], ["a", ""]]);
  const storage = { get length() { return kept.size; }, key: (i) => [...kept.keys()][i] ?? null, removeItem: (key) => void kept.delete(key) };
  removeAll(() => storage, "a:");
  assert.deepEqual([...kept.keys()], ["b", "a"]);
  removeAll(() => { throw new Error("denied"); }, "a:");
});
