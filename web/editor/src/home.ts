// The front page: how far the reader has come, and where to go on. Without this
// script, "my progress" has all of it.

import { showDue } from "./due.js";

/** What the server tells: finished sentences, by slug. */
interface Mine {
  due: number;
  next?: { href: string; text: string };
  lessons: Record<string, string>;
  exercises: Record<string, string>;
}

/** Says how far the reader is, wherever the page has a place for it. */
function fill(name: "lessonState" | "exerciseState", states: Record<string, string>): void {
  const attribute = name === "lessonState" ? "data-lesson-state" : "data-exercise-state";
  for (const place of document.querySelectorAll<HTMLElement>(`[${attribute}]`)) {
    const state = states[place.dataset[name] ?? ""];
    place.textContent = state ?? "";
    place.hidden = state === undefined;
  }
}

/** Puts the way on before the others, which step back. */
function leadOn(next: Mine["next"]): void {
  const link = document.querySelector<HTMLAnchorElement>("a[data-next]");
  if (!link || !next) return;
  link.href = next.href;
  link.textContent = next.text;
  link.hidden = false;
  for (const other of link.parentElement?.querySelectorAll("a.button:not([data-next])") ?? []) {
    other.classList.add("quiet");
  }
}

async function restore(url: string): Promise<void> {
  const response = await fetch(url);
  if (!response.ok) return;
  const mine = (await response.json()) as Mine;
  showDue(mine.due);
  leadOn(mine.next);
  fill("lessonState", mine.lessons);
  fill("exerciseState", mine.exercises);
}

const home = document.querySelector<HTMLElement>("[data-home]");
// Without an answer the page stays as it is for everyone.
if (home) restore(home.dataset.home ?? "").catch(() => undefined);
