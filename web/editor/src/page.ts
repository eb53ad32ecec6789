// What every page needs: controls that only work with JavaScript, copy
// buttons, and a language switch that keeps the reader's place.

import { read, remove, removeAll, write } from "./storage.js";

/** How long a copy button says that it has copied. Unit: milliseconds; long enough to read two words. */
const copiedMs = 2000;

const placeKey = "manche-place";

/** The reader's place on a page that was left for its twin in the other language. */
interface Place {
  path: string; // of the twin
  part: number; // 0 at the top, 1 at the bottom
}

function revealControls(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-js]")) element.hidden = false;
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const source = document.querySelector(button.dataset.copy ?? "");
  if (!source) return;
  const text = source instanceof HTMLTextAreaElement ? source.value : (source.textContent ?? "");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Only pages from https or this machine may write to the clipboard. On
    // others the reader finds the text selected, one key away.
    getSelection()?.selectAllChildren(source);
    return;
  }
  confirmCopy(button);
}

function confirmCopy(button: HTMLButtonElement): void {
  const said = button.dataset.copied;
  if (!said || button.textContent === said) return;
  const label = [...button.childNodes];
  button.replaceChildren(said);
  setTimeout(() => button.replaceChildren(...label), copiedMs);
}

/** Scrollable height beyond the first screen, in pixels; at least 1. */
function scrollRange(): number {
  return Math.max(1, document.documentElement.scrollHeight - innerHeight);
}

function keepPlace(link: HTMLAnchorElement): void {
  const place: Place = { path: link.pathname, part: scrollY / scrollRange() };
  write(() => sessionStorage, placeKey, JSON.stringify(place));
}

function returnToPlace(): void {
  const kept = read(() => sessionStorage, placeKey);
  if (!kept) return;
  remove(() => sessionStorage, placeKey);
  const place = JSON.parse(kept) as Place;
  if (place.path === location.pathname) scrollTo({ top: place.part * scrollRange(), behavior: "instant" });
}

/** Removes all that the site keeps in this browser, when the reader has everything deleted: the server's own word for it is obeyed by https only. */
function forgetWith(form: HTMLFormElement): void {
  form.addEventListener("submit", () => {
    for (const storage of [() => localStorage, () => sessionStorage]) removeAll(storage, "manche-");
  });
}

/** Puts times, which come in universal time, into the reader's own. */
function localTimes(): void {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  for (const element of document.querySelectorAll("time")) {
    element.textContent = format.format(new Date(element.dateTime));
  }
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest<HTMLButtonElement>("button[data-copy]");
  if (button) void copy(button);
  const link = event.target.closest<HTMLAnchorElement>("a[data-lang-switch]");
  if (link) keepPlace(link);
});

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-forget]")) forgetWith(form);
revealControls();
localTimes();
returnToPlace();
