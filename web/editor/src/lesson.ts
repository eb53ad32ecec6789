// The page of a lesson: its questions are answered without leaving it, what the
// reader answered before is put back, and its programs are run. Without this
// script the same forms post, and a page comes back.

import { followReader } from "./contents.js";
import { showDue } from "./due.js";
import { takeRatings } from "./rating.js";
import { root } from "./root.js";
import { startPrograms } from "./run.js";
import { read, remove, write } from "./storage.js";

/** What the reader gave as an answer. */
interface Given {
  choice?: string;
  text?: string;
}

/** The server did not take the answer; the message is its own sentence, or "". */
class Refused extends Error {
  override readonly name = "Refused";
}

/** Reads the answered part of an activity out of what the server sent. */
async function answeredIn(response: Response): Promise<HTMLElement> {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const part = response.ok ? page.querySelector<HTMLElement>("[data-answered]") : null;
  if (part) return part;
  throw new Refused(page.querySelector(".problem .lead")?.textContent ?? "");
}

class Activity {
  readonly id: string;
  readonly #box: HTMLElement;
  readonly #result: HTMLElement | null;
  readonly #button: HTMLButtonElement | null;
  readonly #again: HTMLElement | null;
  #busy = false;

  /** Takes over the form; unsent is what to say when no answer comes back. */
  constructor(readonly form: HTMLFormElement, readonly unsent: string) {
    this.id = form.dataset.activity ?? "";
    this.#box = form.closest<HTMLElement>(".activity") ?? form;
    this.#result = this.#box.querySelector("[data-result]");
    this.#again = this.#box.querySelector("[data-again]");
    this.#button = form.querySelector("button");
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#show(form.action, { method: "POST", body: this.#body() });
    });
    if (this.#result) takeRatings(this.#result, (url, request) => this.#show(url, request));
    this.#again?.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      void this.#show(`${form.action}?fragment=1`);
    });
  }

  /** What stands in the form. */
  get given(): Given {
    const data = new FormData(this.form);
    const given: Given = {};
    for (const name of ["choice", "text"] as const) {
      const value = data.get(name);
      if (typeof value === "string" && value !== "") given[name] = value;
    }
    return given;
  }

  /** Puts an answer into the form, unless the reader is already at it. */
  fill(given: Given): void {
    if (Object.keys(this.given).length > 0) return;
    const area = this.form.querySelector("textarea");
    if (area && given.text) area.value = given.text;
    for (const radio of this.form.querySelectorAll<HTMLInputElement>("input[type=radio]")) {
      radio.checked = radio.value === given.choice;
    }
  }

  /** Marks the activity as answered, with the way back to the explanation. */
  markAnswered(): void {
    this.#open();
    if (this.#again) this.#again.hidden = false;
  }

  /** Lets the reader run the program that the question is about. */
  #open(): void {
    this.#box.dataset.done = "";
    const run = this.#box.querySelector<HTMLElement>("form[data-run]");
    if (run) run.hidden = false;
  }

  #body(): URLSearchParams {
    return new URLSearchParams({ ...this.given, fragment: "1" });
  }

  /** Fetches the answered part and shows it; the focus goes there. */
  async #show(url: string, request?: RequestInit): Promise<void> {
    if (this.#busy) return;
    this.#setBusy(true);
    try {
      const part = await answeredIn(await fetch(url, request));
      this.#open();
      this.#result?.replaceChildren(part);
      part.focus();
    } catch (error) {
      this.#complain((error instanceof Refused && error.message) || this.unsent);
    }
    this.#setBusy(false);
  }

  // The button stays focusable: a disabled one would throw a keyboard user back
  // to the top of the page.
  #setBusy(busy: boolean): void {
    this.#busy = busy;
    if (busy) this.#button?.setAttribute("aria-disabled", "true");
    else this.#button?.removeAttribute("aria-disabled");
  }

  #complain(sentence: string): void {
    this.#result?.querySelector("[role=alert]")?.remove();
    const notice = document.createElement("p");
    notice.className = "notice";
    notice.setAttribute("role", "alert");
    notice.textContent = sentence;
    this.#result?.prepend(notice);
  }
}

/** What is written in a lesson, kept for its page in the other language. */
class Carried {
  // The addresses differ by the language that they begin with.
  readonly #key = `manche-answers:${root}${location.pathname.slice(root.length).replace(/^\/\w+/, "")}`;

  constructor(readonly activities: Activity[]) {}

  keep(): void {
    const all = Object.fromEntries(this.activities.map((a) => [a.id, a.given]));
    write(() => sessionStorage, this.#key, JSON.stringify(all));
  }

  putBack(): void {
    const kept = read(() => sessionStorage, this.#key);
    remove(() => sessionStorage, this.#key);
    if (!kept) return;
    const all = JSON.parse(kept) as Record<string, Given>;
    for (const activity of this.activities) activity.fill(all[activity.id] ?? {});
  }
}

/** Asks for the reader's own answers. Without them the lesson reads as well. */
async function fetchMine(url: string): Promise<Record<string, Given>> {
  try {
    const response = await fetch(url);
    if (!response.ok) return {};
    const mine = (await response.json()) as { answers: Record<string, Given>; due?: number };
    showDue(mine.due ?? 0);
    return mine.answers;
  } catch {
    return {};
  }
}

async function restore(url: string, activities: Activity[]): Promise<void> {
  const mine = await fetchMine(url);
  for (const activity of activities) {
    const given = mine[activity.id];
    if (!given) continue;
    activity.fill(given);
    activity.markAnswered();
  }
}

const article = document.querySelector<HTMLElement>("article[data-mine]");
if (article) {
  startPrograms();
  followReader();
  const forms = [...article.querySelectorAll<HTMLFormElement>("form[data-activity]")];
  const activities = forms.map((form) => new Activity(form, article.dataset.unsent ?? ""));
  const carried = new Carried(activities);
  carried.putBack();
  for (const link of document.querySelectorAll<HTMLElement>("a[data-lang-switch]")) {
    link.addEventListener("click", (event) => {
      if (!(event.ctrlKey || event.metaKey || event.shiftKey)) carried.keep();
    });
  }
  void restore(article.dataset.mine ?? "", activities);
}
