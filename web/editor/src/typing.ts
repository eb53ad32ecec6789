// What the server says of code while it is being typed: the errors and remarks
// that a verdict would have, as far as they can be told without running anything.

import type { Finding } from "./findings.js";

/** What the server says of a place. */
export interface Diagnostic {
  file: string;
  line: number;
  column: number;
  severity: "error" | "warning";
  key: string;
  text: string;
}

/** How long typing must rest before the code is read. Unit: milliseconds; longer than between two keys of a word. */
const restMs = 175;

/** Between two requests, at least. Unit: milliseconds; the server's limit counts on it. */
const apartMs = 250;

/** Rest after which a screen reader hears how much there is to look at. Unit: milliseconds; half-written code is always wrong, and need not be said so. */
const sayMs = 1_200;

/** Lays code out as gofmt does; a file with a syntax error stays as it is, and what is wrong with it comes along. Undefined when the server does not answer. */
export async function format(url: string, files: Record<string, string>): Promise<{ files: Record<string, string>; diagnostics: Diagnostic[] } | undefined> {
  try {
    const response = await ask(url, files);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}

function ask(url: string, files: Record<string, string>, signal?: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
    body: JSON.stringify({ files }),
    signal: signal ?? null,
  });
}

/** The findings of each file; those of none are put to the first. */
export function byFile(list: Diagnostic[], first: string): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  for (const { file, line, column, severity, key, text } of list) {
    const name = file || first;
    const finding: Finding = { line, column, severity, key, message: text.replaceAll("`", "") };
    found.set(name, [...(found.get(name) ?? []), finding]);
  }
  return found;
}

/** Has the code read whenever typing rests. What fails, fails in silence: the next key asks again. */
export class Typing {
  #timer = 0;
  #saying = 0;
  #asked = -Infinity; // when, by performance.now
  #request: AbortController | undefined;

  constructor(
    readonly url: string,
    readonly files: () => Record<string, string>,
    readonly show: (list: Diagnostic[]) => void,
    readonly say: (list: Diagnostic[]) => void,
  ) {}

  /** Hears that the code has changed. */
  changed(): void {
    this.stop();
    const wait = Math.max(restMs, this.#asked + apartMs - performance.now());
    this.#timer = setTimeout(() => void this.#read(), wait);
  }

  /** Gives up what is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#saying);
    this.#request?.abort();
  }

  async #read(): Promise<void> {
    const request = new AbortController();
    this.#request = request;
    this.#asked = performance.now();
    try {
      const response = await ask(this.url, this.files(), request.signal);
      if (!response.ok) return;
      const { diagnostics } = (await response.json()) as { diagnostics: Diagnostic[] };
      if (request.signal.aborted) return;
      this.show(diagnostics);
      if (diagnostics.length === 0) this.say(diagnostics);
      else this.#saying = setTimeout(() => this.say(diagnostics), sayMs);
    } catch {
      // Aborted, or nobody answers: see above.
    }
  }
}
