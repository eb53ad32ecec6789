// The programs of a lesson: each is run where it stands, and can be changed there.
// Without this script the same form and link lead to a page that does both.

import { loadEditor } from "./lazy.js";
import { root } from "./root.js";
import { withoutNoBreakSpaces } from "./spaces.js";
import { read, remove, write } from "./storage.js";
import { Runs } from "./stream.js";
import { findingsIn } from "./verdict.js";

/** What the lesson's programs are called when they are run. */
const fileName = "main.go";

/** Holds "1" where the reader wants a plain text area. The exercise's page has the box for it. */
const plainKey = "manche-plain-editor";

/** A copy of what stands in one of the page's templates. */
function partsOf(id: string): DocumentFragment {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`no template ${id}`);
  return document.importNode(template.content, true);
}

function find<T extends Element>(root: ParentNode, selector: string): T {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

/** What marks the findings of a run in the editor. */
type Mark = (findings: ReturnType<typeof findingsIn>) => void;

class Program {
  readonly #id: string;
  readonly #key: string;
  readonly #figure: HTMLElement;
  readonly #box: HTMLElement; // of the code as the page came with it
  readonly #code: HTMLElement; // holds the text at all times
  readonly #original: string; // as HTML
  readonly #originalText: string;
  readonly #status: HTMLElement;
  readonly #stop: HTMLButtonElement;
  readonly #reset: HTMLButtonElement;
  readonly #edit: HTMLAnchorElement;
  #opening = false; // or open
  #setText: (text: string) => void = () => undefined; // of the editor
  #mark: Mark = () => undefined;
  #result: HTMLElement | undefined;
  #run: AbortController | undefined;
  #ran = ""; // what #run is about

  constructor(readonly form: HTMLFormElement) {
    this.#id = form.dataset.run ?? "";
    // The addresses of a lesson differ by the language that they begin with.
    this.#key = `manche-run:${root}${location.pathname.slice(root.length).replace(/^\/\w+/, "")}:${this.#id}`;
    this.#figure = form.closest("figure") ?? form;
    this.#box = find(this.#figure, `#${this.#id}`);
    this.#code = find(this.#box, "code");
    this.#original = this.#code.innerHTML;
    this.#originalText = this.text;
    this.#edit = find(form, "[data-run-edit]");
    form.append(partsOf("run-controls"));
    this.#status = find(form, "[role=status]");
    this.#stop = find(form, "[data-run-stop]");
    this.#reset = find(form, "[data-run-reset]");
    this.#listen();
    const kept = read(() => localStorage, this.#key);
    if (kept !== null) this.#show(kept);
  }

  get text(): string {
    return this.#code.textContent ?? "";
  }

  #listen(): void {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#start();
    });
    this.#edit.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      this.#openEditor().catch(() => location.assign(this.#edit.href)); // a browser without what it takes
    });
    this.#stop.addEventListener("click", () => {
      this.#run?.abort();
      this.#say("stopped");
    });
    this.#reset.addEventListener("click", () => this.#goBack());
  }

  /** Shows another text in the place of the code. */
  #show(text: string): void {
    if (text === this.#originalText) this.#code.innerHTML = this.#original;
    else this.#code.textContent = text;
    const edited = text !== this.#originalText;
    this.#reset.hidden = !edited;
    const expect = this.#figure.querySelector<HTMLElement>("[data-run-expect]");
    if (expect) expect.hidden = edited;
    find<HTMLElement>(this.#figure, "[data-run-edited]").hidden = !edited;
  }

  #changed(text: string): void {
    this.#show(text);
    if (text === this.#originalText) remove(() => localStorage, this.#key);
    else write(() => localStorage, this.#key, text);
  }

  #goBack(): void {
    this.#edit.hidden ? this.#setText(this.#originalText) : this.#changed(this.#originalText);
    this.#mark(new Map());
    (this.#edit.hidden ? this.form.querySelector("button") : this.#edit)?.focus();
  }

  /**
   * Puts an editor in the place of the code. It stands in a shadow tree: there its
   * style sheets need no nonce, which a page that is the same for everyone cannot have.
   */
  async #openEditor(): Promise<void> {
    if (this.#opening) return;
    this.#opening = true;
    const sheet = await pageStyles();
    const host = document.createElement("div");
    host.className = "run-editing";
    host.hidden = true;
    const tree = host.attachShadow({ mode: "open" });
    tree.adoptedStyleSheets = [sheet];
    tree.append(partsOf("run-editor"));
    const area = find<HTMLTextAreaElement>(tree, "textarea");
    area.value = this.text;
    area.rows = this.text.split("\n").length + 1;
    area.addEventListener("input", () => this.#changed(area.value));
    this.#setText = (text) => {
      area.value = text;
      area.dispatchEvent(new Event("input"));
    };
    const form = find<HTMLFormElement>(tree, "form");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#start();
    });
    this.#box.after(host);
    const show = () => {
      host.hidden = false;
      this.#box.hidden = this.#edit.hidden = true;
    };
    if (read(() => localStorage, plainKey) !== "1" && (await this.#mount(area, show))) return;
    show();
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    area.focus();
  }

  /** Mounts the editor over the text area; false if it could not be loaded. */
  async #mount(area: HTMLTextAreaElement, show: () => void): Promise<boolean> {
    const editor = await loadEditor().catch(() => undefined);
    if (!editor) return false;
    show();
    area.value = this.text;
    const view = editor.mount(area, withoutNoBreakSpaces);
    this.#setText = (text) => editor.setText(view, text);
    this.#mark = (findings) => editor.setFindings(view, findings.get(fileName) ?? [], "verdict");
    view.focus();
    return true;
  }

  /** Runs the program, unless that very text is running already. */
  async #start(): Promise<void> {
    const text = this.text;
    if (this.#run && this.#ran === text) return;
    this.#run?.abort();
    const run = (this.#run = new AbortController());
    this.#ran = text;
    this.#mark(new Map());
    const shown = this.#newResult();
    this.#stop.hidden = false;
    this.#say("building");
    try {
      const runs = new Runs(this.#id, {
        state: (state, place) => this.#say(state, { place: String(place) }),
        output: (more) => find(shown, "[data-run-output]").append(more),
        result: (result) => {
          find<HTMLElement>(shown, "[data-run-cut]").hidden = !result.output_cut;
          find(shown, "[data-run-findings]").replaceChildren(...nodesOf(result.html));
          this.#tell(result.sentence, result.outcome);
          if (this.text === text) this.#mark(findingsIn(shown));
        },
        refused: (sentence) => (sentence ? this.#tell(sentence) : this.#say("failed")),
        failed: (why) => this.#say(why),
      });
      await runs.follow({ [fileName]: text }, run.signal);
    } finally {
      if (this.#run === run) this.#ended();
    }
  }

  #ended(): void {
    this.#run = undefined;
    if (document.activeElement === this.#stop) this.form.querySelector("button")?.focus();
    this.#stop.hidden = true;
  }

  /** An empty place for what comes of a run, in the place of the last one. */
  #newResult(): HTMLElement {
    const place = document.createElement("div");
    place.className = "run-result";
    place.append(partsOf("run-result"));
    const output = find(place, "[data-run-output]");
    const label = output.getAttribute("aria-label") ?? "";
    output.setAttribute("aria-label", label.replace("{n}", this.#id.replace(/^\D+/, "")));
    if (this.#result) this.#result.replaceWith(place);
    else this.#figure.after(place);
    return (this.#result = place);
  }

  /** Says one of the page's sentences for the progress. */
  #say(key: string, values: Record<string, string> = {}): void {
    const sentence = this.#status.dataset[key] ?? "";
    this.#tell(sentence.replace(/\{(\w+)\}/g, (hole, name: string) => values[name] ?? hole));
  }

  #tell(sentence: string, outcome?: string): void {
    if (outcome) this.#status.dataset.outcome = outcome;
    else delete this.#status.dataset.outcome;
    this.#status.textContent = sentence;
  }
}

function nodesOf(html: string): Node[] {
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
}

let styles: Promise<CSSStyleSheet> | undefined;

/** The page's own style sheet, which does not reach into a shadow tree by itself. */
function pageStyles(): Promise<CSSStyleSheet> {
  styles ??= loadStyles().catch(() => {
    styles = undefined; // the next editor may have more luck; this one works without
    return new CSSStyleSheet();
  });
  return styles;
}

async function loadStyles(): Promise<CSSStyleSheet> {
  const link = find<HTMLLinkElement>(document, "link[rel=stylesheet]");
  const response = await fetch(link.href, { cache: "force-cache" });
  if (!response.ok) throw new Error(`style sheet: status ${response.status}`);
  return new CSSStyleSheet({ baseURL: link.href }).replace(await response.text());
}

/** Lets every program of the page be run in its place. */
export function startPrograms(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-run]")) new Program(form);
}
