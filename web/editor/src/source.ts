// One file of the answer: its text area, the editor over it once it is loaded,
// and the draft that outlives the page.

import type { EditorView } from "@codemirror/view";

import type { Finding, Origin } from "./findings.js";
import { changesBetween, mapped } from "./layout.js";
import { compare, type Editor, loadEditor } from "./lazy.js";
import { read, remove, write } from "./storage.js";
import { withoutNoBreakSpaces } from "./spaces.js";

/** How long typing must rest before the draft is kept. Unit: milliseconds; short beside a crash, long beside a keystroke. */
const draftMs = 400;

export class Source {
  readonly name: string;
  readonly #key: string;
  readonly #findings: Record<Origin, Finding[]> = { verdict: [], typing: [] };
  #original: string | undefined; // what the editor compares its text with
  #mounted: { editor: Editor; view: EditorView } | undefined;
  #wanted = false;
  #timer = 0;

  constructor(readonly textarea: HTMLTextAreaElement, slug: string) {
    this.name = textarea.dataset.file ?? "";
    this.#key = `manche-draft:${slug}:${this.name}`;
    textarea.addEventListener("input", () => this.#changed());
    textarea.addEventListener("paste", (event) => this.#pasted(event));
    for (const label of textarea.labels) label.addEventListener("click", () => this.#mounted?.view.focus());
    addEventListener("pagehide", () => this.#keepDraft());
  }

  get text(): string {
    return this.textarea.value;
  }

  set text(text: string) {
    if (text === this.text) return;
    this.textarea.value = text;
    if (this.#mounted) this.#mounted.editor.setText(this.#mounted.view, text);
    else this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Replaces the marks of one origin. */
  mark(findings: Finding[], origin: Origin): void {
    this.#findings[origin] = findings;
    if (this.#mounted) this.#mounted.editor.setFindings(this.#mounted.view, findings, origin);
  }

  /** Whether there is anything to look at in this file. */
  get marked(): boolean {
    return this.#findings.verdict.length + this.#findings.typing.length > 0;
  }

  /** Replaces the text by the same in another layout, which can be undone. The cursor stays at its word. */
  layOut(text: string): void {
    if (this.#mounted) return this.#mounted.editor.layOut(this.#mounted.view, text);
    const changes = changesBetween(this.text, text);
    if (changes.length === 0) return;
    const area = this.textarea;
    const [start, end] = [mapped(area.selectionStart, changes), mapped(area.selectionEnd, changes)];
    area.focus();
    for (const { from, to, insert } of [...changes].reverse()) {
      area.setSelectionRange(from, to);
      // Deprecated, and the only way that the text area can undo.
      document.execCommand(insert ? "insertText" : "delete", false, insert);
    }
    area.setSelectionRange(start, end);
  }

  /** Shows in the editor what differs from the original; without one, no longer. */
  async compareWith(original: string | undefined): Promise<void> {
    this.#original = original;
    const show = await compare();
    if (this.#mounted) show(this.#mounted.view, this.#original);
  }

  /** Puts the cursor on a line. */
  goTo(line: number): void {
    if (this.#mounted) return this.#mounted.editor.goTo(this.#mounted.view, line);
    const at = this.text.split("\n", line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.textarea.focus();
    this.textarea.setSelectionRange(at, at);
  }

  /** Mounts the editor as soon as the text area is on the screen or has the focus. */
  enhance(): void {
    this.#wanted = true;
    const seen = new IntersectionObserver((entries) => {
      if (entries.some((e) => e.isIntersecting)) start();
    });
    const start = () => {
      seen.disconnect();
      void this.#mount();
    };
    seen.observe(this.textarea);
    this.textarea.addEventListener("focus", start, { once: true });
  }

  /** Goes back to the plain text area. */
  simplify(): void {
    this.#wanted = false;
    this.#mounted?.editor.unmount(this.#mounted.view, this.textarea);
    this.#mounted = undefined;
  }

  async #mount(): Promise<void> {
    const editor = await loadEditor();
    if (!this.#wanted || this.#mounted) return;
    this.#mounted = { editor, view: editor.mount(this.textarea, withoutNoBreakSpaces) };
    this.mark(this.#findings.verdict, "verdict");
    if (this.#original !== undefined) void this.compareWith(this.#original);
  }

  /** Puts back the draft for this page, or the text that a language switch carried over. */
  restore(fromDraft: boolean): void {
    const carried = read(() => sessionStorage, this.#key);
    remove(() => sessionStorage, this.#key);
    const draft = carried ?? (fromDraft ? read(() => localStorage, this.#key) : null);
    if (draft !== null) this.text = draft;
  }

  /** Keeps the text for the same page in the other language. */
  carry(): void {
    write(() => sessionStorage, this.#key, this.text);
  }

  /** Starts again from the given text. The draft follows, as after any change. */
  reset(text: string): void {
    this.mark([], "verdict");
    this.mark([], "typing");
    this.text = text;
  }

  #changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#keepDraft(), draftMs);
  }

  #keepDraft(): void {
    if (!this.#timer) return; // nothing changed since
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.text === this.textarea.defaultValue) remove(() => localStorage, this.#key);
    else write(() => localStorage, this.#key, this.text);
    this.textarea.dispatchEvent(new Event("draft", { bubbles: true }));
  }

  #pasted(event: ClipboardEvent): void {
    const pasted = event.clipboardData?.getData("text/plain") ?? "";
    const clean = withoutNoBreakSpaces(pasted);
    if (clean === pasted) return;
    event.preventDefault();
    // Deprecated, and the only way to insert text that the text area can undo.
    document.execCommand("insertText", false, clean);
  }
}
