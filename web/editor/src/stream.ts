// A program that is run: sent, and followed on the same answer to its end.

import { root } from "./root.js";

export interface Result {
  outcome: string;
  output_cut: boolean;
  sentence: string;
  html: string;
}

/** Hears of a run. Exactly one of the last three is called, unless the run is given up. */
export interface Listener {
  state(state: string, place: number): void;
  output(text: string): void;
  result(result: Result): void;
  /** The server did not take it; the sentence is its own, or "". */
  refused(sentence: string): void;
  failed(why: "failed" | "replaced" | "offline"): void;
}

interface Message {
  event: string;
  data: string;
}

/** Reads one server-sent event; undefined for a comment. */
function messageIn(text: string): Message | undefined {
  const message: Message = { event: "", data: "" };
  for (const line of text.split("\n")) {
    if (line.startsWith("event: ")) message.event = line.slice(7);
    if (line.startsWith("data: ")) message.data = line.slice(6);
  }
  return message.event ? message : undefined;
}

export class Runs {
  /** Place is what the ids in the result's HTML begin with. */
  constructor(readonly place: string, readonly listener: Listener) {}

  /** Runs the files and tells the listener. An abort ends the program, and nothing more is told. */
  async follow(files: Record<string, string>, signal: AbortSignal): Promise<void> {
    let over = false;
    try {
      const response = await this.#send(files, signal);
      over = response.ok ? await this.#read(response, signal) : await this.#refuse(response);
    } catch {
      // Nobody answers, or the answer broke off: told below.
    }
    if (!over && !signal.aborted) this.listener.failed("offline");
  }

  #send(files: Record<string, string>, signal: AbortSignal): Promise<Response> {
    return fetch(`${root}/api/v1/run?fragment=${encodeURIComponent(this.place)}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
      body: JSON.stringify({ files }),
      signal,
    });
  }

  async #refuse(response: Response): Promise<boolean> {
    const problem: unknown = await response.json().catch(() => null);
    const detail = problem && typeof problem === "object" && "detail" in problem ? String(problem.detail) : "";
    this.listener.refused(detail);
    return true;
  }

  /** Reads events to the last; false if it never came. */
  async #read(response: Response, signal: AbortSignal): Promise<boolean> {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; reader; ) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return false;
      const events = (text + value).split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) if (this.#hear(messageIn(event))) return true;
    }
    return false;
  }

  /** Passes a message on; true for the last one. */
  #hear(message: Message | undefined): boolean {
    if (!message) return false;
    const data: unknown = JSON.parse(message.data);
    switch (message.event) {
      case "state": {
        const { state, place } = data as { state: string; place: number };
        this.listener.state(state, place);
        return false;
      }
      case "output":
        this.listener.output((data as { text: string }).text);
        return false;
      case "result":
        this.listener.result(data as Result);
        return true;
      case "error":
        this.listener.failed((data as { error: string }).error === "replaced" ? "replaced" : "failed");
        return true;
    }
    return false;
  }
}
