// What the scripts hear of a run and of a submission, from a server that is made up.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

globalThis.location = { pathname: "/c/beside/en/lessons/leaks" };
globalThis.document = { documentElement: { lang: "en" } };
const { Runs } = await import("../out/stream.js");
const { follow, keep, post, Refusal } = await import("../out/submission.js");

const { fetch, EventSource } = globalThis;
afterEach(() => Object.assign(globalThis, { fetch, EventSource }));

/** A listener that writes down what it hears. */
function listener() {
  const heard = [];
  const note = (name) => (...args) => heard.push([name, ...args]);
  const names = ["state", "output", "result", "refused", "failed"];
  return { heard, ...Object.fromEntries(names.map((name) => [name, note(name)])) };
}

/** What is heard of a run that is answered by these bytes, in such pieces. */
async function heardOf(bytes, size, status = 200) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size));
  let asked;
  globalThis.fetch = async (url) => {
    asked = url;
    return new Response(ReadableStream.from(pieces), { status });
  };
  const told = listener();
  await new Runs("run-1", told).follow({ "main.go": "package main" }, new AbortController().signal);
  assert.equal(asked, "/c/beside/api/v1/run?fragment=run-1");
  return told.heard;
}

const encoded = (text) => new TextEncoder().encode(text);
const event = (name, data) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

test("a run is heard to its end, however the network cuts it up", async () => {
  const result = { outcome: "passed", output_cut: false, sentence: "Fine.", html: "<p>" };
  const bytes = encoded(
    event("state", { state: "queued", place: 2 }) + ": still here\n\n" + event("output", { text: "é€𝄞\n\n" }) + event("result", result) + event("output", { text: "late" }),
  );
  for (const size of [1, 2, 3, 7, bytes.length]) {
    assert.deepEqual(await heardOf(bytes, size), [["state", "queued", 2], ["output", "é€𝄞\n\n"], ["result", result]], `pieces of ${size}`);
  }
});

test("a run that does not come to its end has failed, once", async () => {
  const begun = event("state", { state: "running", place: 0 });
  assert.deepEqual((await heardOf(encoded(begun), 9)).at(-1), ["failed", "offline"]);
  assert.deepEqual((await heardOf(encoded(begun + "event: result\nda"), 9)).at(-1), ["failed", "offline"]);
  assert.deepEqual(await heardOf(encoded(event("error", { error: "replaced" })), 9), [["failed", "replaced"]]);
  assert.deepEqual(await heardOf(encoded(event("error", { error: "internal" })), 9), [["failed", "failed"]]);
  assert.deepEqual(await heardOf(encoded('{"detail":"Too many."}'), 9, 429), [["refused", "Too many."]]);
  assert.deepEqual(await heardOf(encoded("<html>"), 9, 502), [["refused", ""]]);
});

/** Answers events with what is told, and every look with the next status. */
function submissions(tell, ...looks) {
  globalThis.EventSource = class extends EventTarget {
    constructor() {
      super();
      queueMicrotask(() => tell(this));
    }
    close() {}
  };
  globalThis.fetch = async () => Response.json(looks.shift());
}

const told = (name, data) => new MessageEvent(name, { data: JSON.stringify(data) });

test("a submission is followed to its final state", async () => {
  const signal = new AbortController().signal;
  for (const [final, how] of [
    ["done", (s) => s.dispatchEvent(told("verdict", {}))],
    ["superseded", (s) => s.dispatchEvent(told("state", { state: "superseded" }))],
    ["error", (s) => s.dispatchEvent(told("error", {}))],
    ["done", (s) => s.dispatchEvent(new Event("error"))], // it broke off, and is looked at instead
  ]) {
    const seen = [];
    submissions(
      (source) => {
        source.dispatchEvent(told("state", { state: "running" }));
        how(source);
      },
      { state: "done" },
    );
    assert.equal(await follow("/s", (status) => seen.push(status.state), signal), final);
    assert.deepEqual(seen, ["running"]);
  }
});

test("a refusal brings the sentence and when to come back", async () => {
  globalThis.fetch = async () => Response.json({ detail: "In 7 seconds." }, { status: 429, headers: { "Retry-After": "7" } });
  await assert.rejects(post("/s", {}, new AbortController().signal), (error) => {
    assert.ok(error instanceof Refusal);
    assert.deepEqual([error.status, error.retryAfter, error.message], [429, "7", "In 7 seconds."]);
    return true;
  });
});

// The first answer makes the reader a learner, by a cookie: a request that is sent
// before it would make another one.
test("one request waits for the other, and only the newest draft for any", async () => {
  const sent = [];
  globalThis.fetch = (_, { method, body, signal }) => {
    signal.throwIfAborted();
    return new Promise((answer) => sent.push({ method, code: JSON.parse(body).files.a, answer }));
  };
  const turn = () => new Promise((resolve) => setTimeout(resolve));
  const asked = () => sent.map((request) => `${request.method} ${request.code}`);
  const signal = new AbortController().signal;

  keep("/d", { a: "1" });
  const posted = post("/s", { a: "2" }, signal);
  await turn();
  assert.deepEqual(asked(), ["PUT 1"]);
  sent[0].answer(new Response(null, { status: 204 }));
  await turn();
  keep("/d", { a: "3" });
  keep("/d", { a: "4" });
  await turn();
  assert.deepEqual(asked(), ["PUT 1", "POST 2"]);
  sent[1].answer(Response.json({ id: "x" }, { status: 202 }));
  assert.equal((await posted).id, "x");
  await turn();
  assert.deepEqual(asked(), ["PUT 1", "POST 2", "PUT 4"]);

  const stopped = new AbortController();
  const given = post("/s", { a: "5" }, stopped.signal);
  stopped.abort();
  const rejected = assert.rejects(given, { name: "AbortError" });
  sent[2].answer(new Response(null, { status: 429 }));
  await rejected;
  assert.equal(sent.length, 3, "what was given up while it waited is not sent");
});
