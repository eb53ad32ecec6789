// A submission on its way: handed in, followed to its end.

export type State = "queued" | "building" | "running" | "done" | "superseded" | "error";

/** How far a submission has come. */
export interface Status {
  state: State;
  place?: number; // submissions ahead of it, while it is queued
}

export interface Submission extends Status {
  id: string;
  url: string;
}

/** The server said no: what it said, and when to come back. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(readonly status: number, readonly retryAfter: string | null, detail: string) {
    super(detail);
  }
}

/** Silence after which the event stream is given up for polling. Unit: milliseconds; a proxy that holds events back is as silent as a long build. */
const silenceMs = 5_000;

/** Between two looks at a submission. Unit: milliseconds. */
const pollMs = 1_000;

/** The same while the server does not answer. Unit: milliseconds; a server that restarts should not meet a crowd. */
const pollSlowlyMs = 5_000;

/** How long a draft may hold up what comes after it. Unit: milliseconds. */
const keepMs = 5_000;

// The first answer makes the reader a learner, by a cookie that no script sees. What
// was sent before it came would make another learner, and one of the two be lost.
let last: Promise<unknown> = Promise.resolve();

/** Sends when everything before is answered. */
function inTurn<T>(send: () => Promise<T>): Promise<T> {
  const answered = last.then(send);
  last = answered.catch(() => undefined);
  return answered;
}

/** Hands in the files. An earlier submission for the same exercise is given up. */
export async function post(url: string, files: Record<string, string>, signal: AbortSignal): Promise<Submission> {
  const response = await inTurn(() =>
    fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang },
      body: JSON.stringify({ files, supersede: true }),
      signal,
    }),
  );
  if (!response.ok) throw await refusal(response);
  return (await response.json()) as Submission;
}

let newest: Record<string, string> | undefined;

/** Keeps a draft on the server, which may build it before it is handed in. It is kept on this machine as well, so nothing is lost if this fails, or a newer one comes before its turn. */
export function keep(url: string, files: Record<string, string>): void {
  newest = files;
  inTurn(async () => {
    if (newest !== files) return;
    const body = JSON.stringify({ files });
    await fetch(url, { method: "PUT", headers: { "Content-Type": "application/json" }, body, keepalive: true, signal: AbortSignal.timeout(keepMs) });
  }).catch(() => undefined);
}

async function refusal(response: Response): Promise<Refusal> {
  const problem: unknown = await response.json().catch(() => null);
  const detail = problem && typeof problem === "object" && "detail" in problem ? String(problem.detail) : "";
  return new Refusal(response.status, response.headers.get("Retry-After"), detail);
}

/** Hears how far the submission has come; undefined while the server does not answer. */
type Show = (status: Status | undefined) => void;

/** Reports each status to show until the submission is at its end, and returns the final state. */
export async function follow(url: string, show: Show, signal: AbortSignal): Promise<State> {
  const state = (await listen(url, show, signal)) ?? (await poll(url, show, signal));
  signal.throwIfAborted();
  return state;
}

function isFinal(state: State): boolean {
  return state === "done" || state === "superseded" || state === "error";
}

/** Follows by server-sent events; undefined when they failed before the end. */
function listen(url: string, show: Show, signal: AbortSignal): Promise<State | undefined> {
  return new Promise((resolve) => {
    const events = new EventSource(`${url}/events`);
    const end = (state?: State) => {
      clearTimeout(timer);
      events.close();
      resolve(state);
    };
    let timer = setTimeout(end, silenceMs);
    signal.addEventListener("abort", () => end(), { once: true });
    events.addEventListener("state", (event: MessageEvent<string>) => {
      clearTimeout(timer);
      timer = setTimeout(end, silenceMs);
      const status = JSON.parse(event.data) as Status;
      if (isFinal(status.state)) end(status.state);
      else show(status);
    });
    events.addEventListener("verdict", () => end("done"));
    // The server's own event and a broken connection bear the same name; only
    // the first carries data.
    events.addEventListener("error", (event) => end(event instanceof MessageEvent ? "error" : undefined));
  });
}

async function poll(url: string, show: Show, signal: AbortSignal): Promise<State> {
  for (;;) {
    signal.throwIfAborted();
    const status = await look(url, signal);
    if (status && isFinal(status.state)) return status.state;
    show(status);
    await pause(status ? pollMs : pollSlowlyMs, signal);
  }
}

/** Looks once; undefined when the server cannot answer just now. */
async function look(url: string, signal: AbortSignal): Promise<Status | undefined> {
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  }
  if (response.ok) return (await response.json()) as Status;
  if (response.status >= 500 || response.status === 429) return undefined;
  throw await refusal(response);
}

/** Resolves after the time, or at once when the signal is aborted. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
