// Findings of a verdict as marks in the editor.

import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

/** One thing that the verdict says about a line. */
export interface Finding {
  line: number; // from 1
  column: number; // from 1, in bytes of UTF-8 as Go's tools count; 0 for the whole line
  severity: "error" | "warning";
  message: string;
}

/** Marks the findings in the editor, instead of those that it showed before. */
export function setFindings(view: EditorView, findings: Finding[]): void {
  const diagnostics = findings.map((f) => diagnostic(view, f));
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

function diagnostic(view: EditorView, f: Finding): Diagnostic {
  const { from, to } = range(view, f);
  return { from, to, severity: f.severity, message: f.message };
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
function indexOfColumn(text: string, column: number): number {
  let index = 0;
  for (let byte = 1; byte < column && index < text.length; ) {
    const point = text.codePointAt(index) ?? 0;
    byte += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    index += point < 0x10000 ? 1 : 2;
  }
  return index;
}
