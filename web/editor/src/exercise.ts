// The page of an exercise: the answer's form, handed in without leaving the
// page. Without this script the same form posts, and a page comes back.

import { Code } from "./code.js";
import { offerComparison } from "./rights.js";
import { read, remove, write } from "./storage.js";
import { follow, keep, post, Refusal, type Status } from "./submission.js";
import { fetchVerdict, findingsIn, headingIn } from "./verdict.js";

/** Holds "1" where the learner wants a plain text area. */
const plainKey = "manche-plain-editor";

class Answer {
  readonly #code: Code;
  readonly #button: HTMLButtonElement | null;
  readonly #progress = document.getElementById("progress");
  readonly #verdict = document.getElementById("verdict");
  #run: AbortController | undefined;
  #sent = ""; // what #run is about

  constructor(readonly form: HTMLFormElement) {
    this.#code = new Code(form, (key, values) => (key ? this.#say(key, values) : this.#tell("")));
    this.#button = form.querySelector("[data-submit]");
  }

  start(): void {
    // A submission's own page shows what was submitted, whatever the draft is.
    const ownPage = new URL(this.form.action).pathname === location.pathname;
    this.#code.restore(ownPage);
    this.#listen();
    this.setPlain(read(() => localStorage, plainKey) === "1");
    this.#mark();
    const pending = this.#verdict?.dataset.pending;
    if (pending) void this.#resume(pending);
  }

  /** Chooses between the editor and the plain text area. */
  setPlain(plain: boolean): void {
    this.#code.setPlain(plain);
  }

  #listen(): void {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = event.submitter instanceof HTMLButtonElement ? event.submitter.name : "";
      void (button === "format" ? this.#code.format() : this.#submit());
    });
    this.form.addEventListener("input", () => this.#setBusy(this.#run !== undefined && this.#code.text === this.#sent));
    this.form.addEventListener("draft", () => keep(this.form.dataset.draft ?? "", this.#code.files));
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      if (event.target instanceof HTMLTextAreaElement) this.form.requestSubmit();
    });
    for (const reset of document.querySelectorAll<HTMLElement>("[data-reset]")) {
      reset.addEventListener("click", () => this.#reset(reset.dataset.confirm));
    }
    for (const link of document.querySelectorAll("a[data-lang-switch]")) {
      link.addEventListener("click", (event) => this.#leave(event as MouseEvent));
    }
  }

  /** Hands in what is in the form, unless that is being judged already. */
  async #submit(): Promise<void> {
    if (this.#run && this.#sent === this.#code.text) return;
    const url = this.form.dataset.submissions ?? "";
    await this.#judge(async (run) => {
      const submission = await post(url, this.#code.files, run.signal);
      await this.#see(submission.id, submission.url, submission, run);
    });
  }

  /** Takes up a submission that was on its way when the page was loaded. */
  async #resume(url: string): Promise<void> {
    const id = url.slice(url.lastIndexOf("/") + 1);
    await this.#judge((run) => this.#see(id, url, undefined, run));
  }

  /** Does the work as the one run of this page, and says how it failed. */
  async #judge(work: (run: AbortController) => Promise<void>): Promise<void> {
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    this.#sent = this.#code.text;
    this.#setBusy(true);
    try {
      await work(run);
    } catch (error) {
      if (!run.signal.aborted) this.#sayError(error);
    }
    if (this.#run !== run) return; // another run has taken over
    this.#run = undefined;
    this.#setBusy(false);
  }

  async #see(id: string, url: string, known: Status | undefined, run: AbortController): Promise<void> {
    const show = (status: Status | undefined) =>
      this.#say(status?.state ?? "offline", { place: String(status?.place ?? 0) });
    if (known && known.state !== "done") show(known);
    const state = known?.state === "done" ? "done" : await follow(url, show, run.signal);
    if (state === "error") return this.#say("failed");
    this.#put(await fetchVerdict(id, run.signal));
  }

  /** Shows the verdict. Someone who went on typing keeps the focus and only hears of it. */
  #put(nodes: Node[]): void {
    if (!this.#verdict) return;
    this.#verdict.replaceChildren(...nodes);
    this.#mark();
    const heading = headingIn(this.#verdict);
    const edited = this.#code.text !== this.#sent;
    this.#tell(edited ? (heading?.textContent ?? "") : "");
    if (!heading || edited) return;
    heading.tabIndex = -1;
    heading.focus();
  }

  #mark(): void {
    if (!this.#verdict) return;
    this.#code.mark(findingsIn(this.#verdict));
    offerComparison(this.#verdict, () => this.#code.files);
  }

  #reset(question: string | undefined): void {
    if (question && !confirm(question)) return;
    this.#code.reset();
  }

  /** Carries the code to the page in the other language, when this tab goes there. */
  #leave(event: MouseEvent): void {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    this.#code.carry();
  }

  // The button stays focusable: a disabled one would throw a keyboard user back
  // to the top of the page.
  #setBusy(busy: boolean): void {
    if (busy) this.#button?.setAttribute("aria-disabled", "true");
    else this.#button?.removeAttribute("aria-disabled");
  }

  #sayError(error: unknown): void {
    if (error instanceof TypeError) return this.#say("offline"); // how fetch says that nobody answered
    if (!(error instanceof Refusal)) return this.#say("failed");
    if (error.status === 429) return this.#say("busy", { seconds: error.retryAfter ?? "" });
    if (error.message) return this.#tell(error.message);
    this.#say("failed");
  }

  /** Shows one of the page's sentences for the progress, if it has it. */
  #say(key: string, values: Record<string, string> = {}): void {
    const sentence = this.#progress?.dataset[key] ?? "";
    this.#tell(sentence.replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole));
  }

  #tell(sentence: string): void {
    if (this.#progress) this.#progress.textContent = sentence;
  }
}

function offerPlain(answer: Answer): void {
  const box = document.querySelector<HTMLInputElement>("input[data-plain-editor]");
  if (!box) return;
  box.checked = read(() => localStorage, plainKey) === "1";
  box.addEventListener("change", () => {
    if (box.checked) write(() => localStorage, plainKey, "1");
    else remove(() => localStorage, plainKey);
    answer.setPlain(box.checked);
  });
}

const form = document.querySelector<HTMLFormElement>("form#answer");
if (form) {
  const answer = new Answer(form);
  answer.start();
  offerPlain(answer);
}
