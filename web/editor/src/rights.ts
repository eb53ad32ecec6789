// A right answer beside one's own, in a dialog over the page.

import { sideBySide } from "./lazy.js";

/** Below this width of the dialog one column holds the changes. Unit: CSS pixels; half of it is some fifty columns of code. */
const narrow = 900;

/** Lets the right answers of a verdict be compared with the code that mine returns, by file. */
export function offerComparison(verdict: HTMLElement, mine: () => Record<string, string>): void {
  const dialog = verdict.querySelector<HTMLDialogElement>("#beside");
  if (!dialog) return;
  for (const button of verdict.querySelectorAll<HTMLElement>("[data-beside]")) {
    button.hidden = false;
    button.addEventListener("click", () => void open(dialog, button, mine()));
  }
}

async function open(dialog: HTMLDialogElement, button: HTMLElement, mine: Record<string, string>): Promise<void> {
  const compare = await sideBySide();
  const name = button.dataset.beside ?? "";
  const heading = dialog.querySelector<HTMLElement>("h2");
  const parent = dialog.querySelector<HTMLElement>(".beside-code");
  if (!heading || !parent) return;
  heading.textContent = name;
  dialog.querySelector("[data-theirs]")?.replaceChildren(name);
  dialog.showModal();
  heading.focus();
  dialog.classList.toggle("narrow", dialog.clientWidth < narrow);
  const ends: (() => void)[] = [];
  for (const code of button.closest("details")?.querySelectorAll<HTMLElement>("[data-right-file]") ?? []) {
    const file = code.dataset.rightFile ?? "";
    const left = { name: `${dialog.dataset.mine}, ${file}`, text: mine[file] ?? "" };
    const right = { name: `${name}, ${file}`, text: code.textContent ?? "" };
    ends.push(compare(parent, left, right, dialog.clientWidth < narrow));
  }
  dialog.addEventListener("close", () => ends.forEach((end) => end()), { once: true });
}
