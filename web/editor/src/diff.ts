// Two texts compared: within the editor, or side by side. Loaded when it is first
// asked for.

import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";

import { compared, language, page } from "./editor.js";

/** Shows in the editor what its text changes in the original; without one, no longer. */
export function compare(view: EditorView, original: string | undefined): void {
  const shown = original === undefined ? [] : [unifiedMergeView({ original, mergeControls: false }), colours];
  view.dispatch({ effects: compared.reconfigure(shown) });
}

/** A text with its name. */
export interface Named {
  name: string;
  text: string;
}

/** Shows two texts in the parent, one beside the other or, where that is narrow, the changes in one column. The function that is returned takes it away. */
export function sideBySide(parent: HTMLElement, left: Named, right: Named, narrow: boolean): () => void {
  if (narrow) {
    const view = new EditorView({
      parent,
      doc: right.text,
      extensions: [still(right.name), unifiedMergeView({ original: left.text, mergeControls: false })],
    });
    return () => view.destroy();
  }
  const side = ({ name, text }: Named) => ({ doc: text, extensions: [still(name)] });
  const view = new MergeView({ parent, a: side(left), b: side(right) });
  return () => view.destroy();
}

/** What is to be read, and not to be changed. */
function still(name: string): Extension {
  return [EditorState.readOnly.of(true), EditorView.editable.of(false), lineNumbers(), EditorView.lineWrapping, language(), page(name), colours];
}

// The marks of a change are the page's colours, with a bar beside the line, so
// that colour is not all that tells it.
const added = { backgroundColor: "var(--editor-added)" };
const removed = { backgroundColor: "var(--editor-removed)" };
const underlined = (bar: string) => ({ background: `linear-gradient(${bar}, ${bar}) bottom/100% 2px no-repeat` });
const colours = EditorView.theme({
  "&.cm-merge-b .cm-changedLine, & .cm-insertedLine": added,
  "&.cm-merge-a .cm-changedLine, & .cm-deletedChunk": removed,
  "&.cm-merge-b .cm-changedText": underlined("var(--editor-added-bar)"),
  "&.cm-merge-a .cm-changedText, & .cm-deletedChunk .cm-deletedText": underlined("var(--editor-removed-bar)"),
  "&.cm-merge-b .cm-changedLineGutter": { background: "var(--editor-added-bar)" },
  "&.cm-merge-a .cm-changedLineGutter, & .cm-deletedLineGutter": { background: "var(--editor-removed-bar)" },
});
