// The code of the answer: its files, what is said of them while they are typed, and
// what can be done with them besides handing them in.

import type { Finding } from "./findings.js";
import { Source } from "./source.js";
import { Tabs } from "./tabs.js";
import { byFile, type Diagnostic, format, Typing } from "./typing.js";

/** Shows one of the page's sentences by its key; without a key none. */
type Say = (key?: string, values?: Record<string, string>) => void;

export class Code {
  readonly #sources: Source[];
  readonly #tabs: Tabs | undefined;
  readonly #typing: Typing;
  readonly #diagnostics = document.getElementById("diagnostics");
  readonly #changes: HTMLButtonElement | null;
  #plain = false;

  constructor(readonly form: HTMLFormElement, readonly say: Say) {
    const areas = form.querySelectorAll<HTMLTextAreaElement>("textarea[data-editor]");
    this.#sources = [...areas].map((area) => new Source(area, form.dataset.exercise ?? ""));
    this.#changes = form.querySelector("[data-changes]");
    if (this.#sources.length > 1) this.#tabs = new Tabs(form);
    this.#typing = new Typing(
      form.dataset.diagnostics ?? "",
      () => this.files,
      (list) => this.#markTyped(list),
      (list) => this.#sayTyped(list),
    );
    this.#listen();
  }

  /** The texts, by file. */
  get files(): Record<string, string> {
    return Object.fromEntries(this.#sources.map((s) => [s.name, s.text]));
  }

  /** All of them in one, to compare. */
  get text(): string {
    return JSON.stringify(this.files);
  }

  /** Puts the drafts back, unless the page shows something else. */
  restore(fromDraft: boolean): void {
    for (const source of this.#sources) source.restore(fromDraft);
  }

  /** Keeps the code for the page in the other language. */
  carry(): void {
    for (const source of this.#sources) source.carry();
  }

  /** Chooses between the editor and the plain text area, which nothing is marked in. */
  setPlain(plain: boolean): void {
    this.#plain = plain;
    this.#typing.stop();
    this.#markTyped([]);
    this.#sayTyped([]);
    if (this.#changes) this.#changes.hidden = plain;
    for (const source of this.#sources) plain ? source.simplify() : source.enhance();
  }

  /** Marks what a verdict says, by file. */
  mark(findings: Map<string, Finding[]>): void {
    for (const source of this.#sources) source.mark(findings.get(source.name) ?? [], "verdict");
    this.#markTabs();
  }

  /** Begins again. */
  reset(): void {
    for (const source of this.#sources) source.reset(starter(source.name));
    this.#markTabs();
  }

  #listen(): void {
    this.form.addEventListener("input", () => {
      if (!this.#plain) this.#typing.changed();
    });
    this.form.addEventListener("format", () => void this.format());
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey) || !(event.target instanceof HTMLTextAreaElement)) return;
      event.preventDefault();
      void this.format();
    });
    this.#changes?.addEventListener("click", () => void this.#compare());
    document.addEventListener("click", (event) => this.#go(event));
  }

  #markTyped(list: Diagnostic[]): void {
    const findings = byFile(list, this.#sources[0]?.name ?? "");
    for (const source of this.#sources) source.mark(findings.get(source.name) ?? [], "typing");
    this.#markTabs();
  }

  #markTabs(): void {
    const marked = this.#sources.filter((s) => s.marked).map((s) => s.name);
    this.#tabs?.mark(new Set(marked), this.form.dataset.marked ?? "");
  }

  /** Says how much there is to look at, where that is not what was said last. */
  #sayTyped(list: Diagnostic[]): void {
    const place = this.#diagnostics;
    if (!place) return;
    const { one = "", many = "" } = place.dataset;
    const sentence = list.length === 0 ? "" : list.length === 1 ? one : many.replace("{n}", String(list.length));
    if (place.textContent !== sentence) place.textContent = sentence;
  }

  /** Lays the code out, unless it changes meanwhile. */
  async format(): Promise<void> {
    const before = this.text;
    const laid = await format(this.form.dataset.format ?? "", this.files);
    if (before !== this.text) return;
    if (!laid) return this.say("offline");
    for (const source of this.#sources) source.layOut(laid.files[source.name] ?? source.text);
    const first = laid.diagnostics[0];
    if (first) this.say("unformatted", { file: first.file, line: String(first.line), text: first.text.replaceAll("`", "") });
    else this.say("formatted");
  }

  /** Shows what was changed in the starter, or no longer. */
  async #compare(): Promise<void> {
    const show = this.#changes?.ariaPressed !== "true";
    if (this.#changes) this.#changes.ariaPressed = String(show);
    await Promise.all(this.#sources.map((s) => s.compareWith(show ? starter(s.name) : undefined)));
    const changed = this.#sources.some((s) => s.text !== starter(s.name));
    this.say();
    if (show && !changed) this.say("unchanged");
  }

  /** Follows a link to a line of the code. */
  #go(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-go-file]") : null;
    const source = this.#sources.find((s) => s.name === link?.dataset.goFile);
    if (!link || !source) return;
    event.preventDefault();
    this.#tabs?.show(source.name);
    source.goTo(Number(link.dataset.goLine));
  }
}

/** What a file begins with. */
function starter(name: string): string {
  const kept = document.getElementById(`starter-${name}`);
  return kept instanceof HTMLTemplateElement ? (kept.content.textContent ?? "") : "";
}
