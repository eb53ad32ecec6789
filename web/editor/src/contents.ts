// Marks in the contents of a lesson the section that is being read.

/** A heading counts as reached once it is in this part of the window, from the top. */
const reached = 1 / 3;

/** Scrolls the contents, where they are longer than the window; never the page. */
function bringIntoView(link: HTMLElement): void {
  const box = link.closest(".contents");
  if (!box) return;
  const [inner, outer] = [link.getBoundingClientRect(), box.getBoundingClientRect()];
  if (inner.top < outer.top) box.scrollTop -= outer.top - inner.top;
  else if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom;
}

/** Starts to follow the reader. Links to what is not there are left alone. */
export function followReader(): void {
  const sections: { heading: HTMLElement; link: HTMLAnchorElement }[] = [];
  for (const link of document.querySelectorAll<HTMLAnchorElement>(".contents a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) sections.push({ heading, link });
  }
  if (sections.length === 0) return;
  let marked: HTMLAnchorElement | undefined;
  const mark = (): void => {
    const line = innerHeight * reached;
    const now = sections.filter(({ heading }) => heading.getBoundingClientRect().top <= line).at(-1)?.link;
    if (now === marked) return;
    marked?.removeAttribute("aria-current");
    now?.setAttribute("aria-current", "location");
    if (now) bringIntoView(now);
    marked = now;
  };
  let waiting = false; // a frame is coming that will see to it
  const soon = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon, { passive: true });
  mark();
}
