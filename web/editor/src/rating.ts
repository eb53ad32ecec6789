// The rating of an answer, given without leaving the lesson. Without this script
// the same form posts, and a page comes back.

/** Takes over the ratings below an element; show puts what comes back there. The
 * focus goes to what the rating led to, so that the reader keeps the place. */
export function takeRatings(below: Element, show: (url: string, request: RequestInit) => Promise<void>): void {
  below.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-rate]")) return;
    event.preventDefault();
    const fields: Record<string, string> = { fragment: "1" };
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") fields[name] = value;
    }
    const pressed = (event as SubmitEvent).submitter;
    if (pressed instanceof HTMLButtonElement) fields[pressed.name] = pressed.value;
    void show(form.action, { method: "POST", body: new URLSearchParams(fields) }).then(() => {
      below.querySelector<HTMLElement>("[data-rated]")?.focus();
    });
  });
}
