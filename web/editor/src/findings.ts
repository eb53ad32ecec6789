// Findings as marks in the editor: those of the last verdict, and those of the
// code as it is being typed.

import { type Diagnostic, forEachDiagnostic, nextDiagnostic, setDiagnostics } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** One thing that is said about a line. */
export interface Finding {
  line: number; // from 1; 0 for the whole file
  column: number; // from 1, in bytes of UTF-8 as Go's tools count; 0 for the whole line
  severity: "error" | "warning";
  key: string; // of the sentence
  message: string;
}

/** Who says it. */
export type Origin = "verdict" | "typing";

interface Mark extends Diagnostic {
  origin: Origin;
  key: string;
}

/** Keys of findings that are told of the text alone: of these, the newer word counts. */
const textual = /^(build|policy|vet)\./;

/** Marks the findings in the editor, instead of those of the same origin. The others stay where edits have moved them, without what is now said twice. */
export function setFindings(view: EditorView, findings: Finding[], origin: Origin): void {
  const fresh = findings.map((f) => mark(view, f, origin));
  const others = marks(view).filter((m) => m.origin !== origin);
  const all = origin === "verdict" ? merge(view, fresh, others) : merge(view, others.filter((m) => !textual.test(m.key)), fresh);
  view.dispatch(setDiagnostics(view.state, all));
}

/** All marks, where they are now. */
function marks(view: EditorView): Mark[] {
  const all: Mark[] = [];
  forEachDiagnostic(view.state, (d, from, to) => all.push({ ...(d as Mark), from, to }));
  return all;
}

/** The verdict's marks, and of the others those that add to them: where something was seen to go wrong, nobody needs to be warned that it might. */
function merge(view: EditorView, verdict: Mark[], typing: Mark[]): Mark[] {
  const line = (m: Mark) => view.state.doc.lineAt(m.from).number;
  const said = (m: Mark) => (v: Mark) => line(v) === line(m) && (v.key === m.key || (v.severity === "error" && m.severity === "warning"));
  return [...verdict, ...typing.filter((m) => !verdict.some(said(m)))];
}

/** Goes to the next finding, and says it. */
export function next(view: EditorView): boolean {
  if (!nextDiagnostic(view)) return false;
  const { from, to } = view.state.selection.main;
  const here = marks(view).filter((m) => m.from === from && m.to === to);
  view.dispatch({ effects: EditorView.announce.of(here.map((m) => m.message).join(" ")) });
  return true;
}

function mark(view: EditorView, f: Finding, origin: Origin): Mark {
  const { from, to } = range(view, f);
  return { from, to, severity: f.severity, message: f.message, key: f.key, origin };
}

/** Puts the cursor on a line, and the line on the screen. */
export function goTo(view: EditorView, line: number): void {
  const { from, text } = lineAt(view.state.doc, line);
  view.dispatch({ selection: { anchor: from + text.search(/\S|$/) }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
  view.focus();
}

/** The word at the position, or the line from there on; without a column the line without its indentation. */
function range(view: EditorView, f: Finding): { from: number; to: number } {
  const line = lineAt(view.state.doc, f.line);
  if (f.column < 1) return { from: line.from + line.text.search(/\S|$/), to: line.to };
  const from = line.from + indexOfColumn(line.text, f.column);
  const word = view.state.wordAt(from);
  return { from, to: word && word.to > from ? word.to : line.to };
}

/** The line, or the nearest that the text still has. */
function lineAt(doc: Text, number: number) {
  return doc.line(Math.min(Math.max(number, 1), doc.lines));
}

/** Turns a column in bytes into an index in UTF-16 units. */
export function indexOfColumn(text: string, column: number): number {
  let index = 0;
  for (let byte = 1; byte < column && index < text.length; ) {
    const point = text.codePointAt(index) ?? 0;
    byte += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    index += point < 0x10000 ? 1 : 2;
  }
  return index;
}
