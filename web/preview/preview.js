// Keeps a page at what the files say. Only pages of a preview have this script.
//
// A page listens for the edition that the server shows, and loads itself anew when
// it is another one, at the same place of the text. Pages in frames do not listen,
// since a browser has few connections for a server: the page around them tells.

let shown = document.querySelector("[data-edition]")?.dataset.edition;
const frames = [...document.querySelectorAll("iframe[data-lang]")];
const placeKey = `manche-preview:${location.pathname}`;
const framed = window.parent !== window;

const folds = () => [...document.querySelectorAll("details")];

/** Loads the page anew, which returns to where it is now, with the same parts open. */
function follow() {
  const open = folds().flatMap((fold, i) => (fold.open ? [i] : []));
  try {
    sessionStorage.setItem(placeKey, JSON.stringify({ top: scrollY, open }));
  } catch {
    // Storage may be denied: then the page begins at its top.
  }
  location.reload();
}

function returnToPlace() {
  let kept = null;
  try {
    kept = sessionStorage.getItem(placeKey);
    sessionStorage.removeItem(placeKey);
  } catch {
    return; // the contract above
  }
  if (kept === null) return;
  const place = JSON.parse(kept);
  folds().forEach((fold, i) => (fold.open = place.open.includes(i)));
  scrollTo({ top: place.top, behavior: "instant" });
}

function listen() {
  const stream = new EventSource("/preview/events");
  stream.addEventListener("edition", (event) => {
    if (event.data === shown) return;
    shown = event.data;
    for (const frame of frames) frame.contentWindow.postMessage("manche-preview", location.origin);
    if (frames.length > 0) return; // the page around them says nothing of the course
    stream.close();
    follow();
  });
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => {
    if (event.persisted) follow(); // from the browser's own memory, as it was when it was left
  });
}

if (framed) {
  document.documentElement.dataset.framed = "";
  addEventListener("message", (event) => {
    if (event.source === window.parent && event.origin === location.origin) follow();
  });
} else {
  listen();
}
returnToPlace();

// --- two languages side by side

/** What both languages have in the same order: headings, and all that has an id. */
function landmarks(frame) {
  const page = frame.contentDocument?.documentElement;
  if (!page) return []; // it is just being loaded
  const marks = page.querySelectorAll("main h1, main h2[id], main h3[id], main [id^='run-']:not(template), main form[data-activity], main .exercise-card");
  return [0, ...[...marks].map((m) => m.getBoundingClientRect().top + frame.contentWindow.scrollY), page.scrollHeight];
}

/** Scrolls one frame to where the other is: between the same landmarks, as far. */
function align(from, to) {
  const here = landmarks(from);
  const there = landmarks(to);
  if (here.length < 2 || here.length !== there.length) return; // the pages differ, which is a defect
  const at = from.contentWindow.scrollY;
  let i = here.findLastIndex((top) => top <= at);
  i = Math.min(Math.max(i, 0), here.length - 2);
  const part = (at - here[i]) / Math.max(1, here[i + 1] - here[i]);
  to.contentWindow.scrollTo({ top: there[i] + part * (there[i + 1] - there[i]), behavior: "instant" });
}

let page = /^\/preview\/(.*)$/.exec(location.pathname)?.[1]; // that both frames show

/** Takes the other frame along where this one has gone, each in its language. */
function pairUp(frame, other) {
  const path = frame.contentWindow.location.pathname;
  const now = /^\/(?:fr|en)\/((?:lessons|exercises)\/[^/]+)$/.exec(path)?.[1];
  if (!now) return;
  const own = `/${frame.dataset.lang}/${now}`;
  if (path !== own) frame.contentWindow.location.replace(own); // the language switch
  if (now === page) return; // loaded anew, and no reason to call the other one back
  page = now;
  other.contentWindow.location.replace(`/${other.dataset.lang}/${now}`);
  history.replaceState(null, "", `/preview/${now}`);
}

function couple(frames) {
  let leader = null; // the frame that its reader scrolls; the other one follows
  const ready = (frame, other) => {
    pairUp(frame, other);
    for (const kind of ["wheel", "pointerdown", "keydown", "touchstart", "focusin"]) {
      frame.contentWindow.addEventListener(kind, () => (leader = frame), { passive: true });
    }
    frame.contentWindow.addEventListener("scroll", () => {
      if (leader === frame) align(frame, other);
    });
  };
  for (const [frame, other] of [frames, frames.toReversed()]) {
    frame.addEventListener("load", () => ready(frame, other));
    if (frame.contentDocument?.readyState === "complete" && frame.contentWindow.location.pathname !== "blank") ready(frame, other);
  }
}

if (frames.length === 2) couple(frames);
