// What is loaded when it is first wanted: the editor, and the comparison of texts.

export const loadEditor = () => import("./editor.js");

const loadDiff = () => import("./diff.js");

/** What shows two texts beside each other. */
export const sideBySide = async () => (await loadDiff()).sideBySide;

/** What shows in an editor how its text differs from another. */
export const compare = async () => (await loadDiff()).compare;

export type Editor = Awaited<ReturnType<typeof loadEditor>>;
