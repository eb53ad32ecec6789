// How many cards are to be reviewed today, beside the link that leads there. Pages
// that are the same for everyone learn it with the reader's own things.

/** Shows the number, or nothing for none. */
export function showDue(due: number): void {
  for (const place of document.querySelectorAll<HTMLElement>("[data-due]")) {
    place.textContent = String(due);
    place.hidden = due === 0;
  }
}
