// Several files as tabs. Without this script they stand one under another.

/** Keys that go from tab to tab, and how far. */
const steps: Record<string, (i: number, n: number) => number> = {
  ArrowRight: (i, n) => (i + 1) % n,
  ArrowLeft: (i, n) => (i + n - 1) % n,
  Home: () => 0,
  End: (_, n) => n - 1,
};

export class Tabs {
  readonly #tabs = new Map<string, HTMLButtonElement>(); // by file
  readonly #panels = new Map<string, HTMLElement>();

  /** Makes tabs of the files in the form, each in a panel of its own. */
  constructor(form: HTMLFormElement) {
    const list = document.createElement("div");
    list.className = "tabs";
    list.role = "tablist";
    list.ariaLabel = form.dataset.files ?? "";
    for (const panel of form.querySelectorAll<HTMLElement>(".file")) {
      const name = panel.querySelector("textarea")?.dataset.file ?? "";
      list.append(this.#add(name, panel));
    }
    list.addEventListener("keydown", (event) => this.#step(event));
    form.querySelector(".file")?.before(list);
    form.classList.add("tabbed");
    this.show([...this.#tabs.keys()][0] ?? "");
  }

  #add(name: string, panel: HTMLElement): HTMLButtonElement {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.role = "tab";
    tab.id = `tab-${name}`;
    tab.textContent = name;
    panel.id ||= `panel-${name}`;
    panel.role = "tabpanel";
    panel.setAttribute("aria-labelledby", tab.id);
    tab.setAttribute("aria-controls", panel.id);
    tab.addEventListener("click", () => this.show(name));
    this.#tabs.set(name, tab);
    this.#panels.set(name, panel);
    return tab;
  }

  /** Shows one file, and hides the others. */
  show(name: string): void {
    if (!this.#tabs.has(name)) return;
    for (const [file, tab] of this.#tabs) {
      tab.ariaSelected = String(file === name);
      tab.tabIndex = file === name ? 0 : -1;
    }
    for (const [file, panel] of this.#panels) panel.hidden = file !== name;
  }

  /** Marks the files that have findings, with a word for those who see no mark. */
  mark(files: Set<string>, word: string): void {
    for (const [name, tab] of this.#tabs) {
      tab.classList.toggle("marked", files.has(name));
      const note = document.createElement("span");
      note.className = "visually-hidden";
      note.textContent = ` ${word}`;
      tab.replaceChildren(name, ...(files.has(name) ? [note] : []));
    }
  }

  #step(event: KeyboardEvent): void {
    const step = steps[event.key];
    const names = [...this.#tabs.keys()];
    const at = names.findIndex((name) => this.#tabs.get(name) === event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    const name = names[step(at, names.length)] ?? "";
    this.show(name);
    this.#tabs.get(name)?.focus();
  }
}
