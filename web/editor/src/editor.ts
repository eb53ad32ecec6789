// A code editor over a text area. The text area stays in the form and holds the
// same text at all times, so that the form means the same with and without it.

import { closeBrackets, closeBracketsKeymap, autocompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { go } from "@codemirror/lang-go";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";

import { next } from "./findings.js";
import { changesBetween } from "./layout.js";
import { french } from "./phrases.js";
import { theme } from "./theme.js";

export { goTo, setFindings } from "./findings.js";

/** Holds the comparison with another text, while there is one. */
export const compared = new Compartment();

/** Columns that a tab takes up on the screen. */
const tabColumns = 4;

/**
 * Puts an editor in the place of the text area, with its text, selection and
 * focus. Each change reaches the text area, with an input event. What is pasted
 * or dropped goes through clean.
 */
export function mount(textarea: HTMLTextAreaElement, clean: (text: string) => string): EditorView {
  const focused = document.activeElement === textarea;
  const view = new EditorView({
    root: textarea.getRootNode() as Document | ShadowRoot,
    doc: textarea.value,
    selection: { anchor: textarea.selectionStart, head: textarea.selectionEnd },
    extensions: [
      keys(textarea),
      language(),
      behaviour(),
      EditorView.clipboardInputFilter.of(clean),
      page(textarea.labels[0]?.textContent?.trim() || textarea.name, textarea.getAttribute("aria-describedby")),
      compared.of([]),
      sync(textarea),
    ],
  });
  textarea.before(view.dom);
  textarea.style.display = "none";
  if (focused) view.focus();
  return view;
}

/** Takes the editor away again and shows the text area. */
export function unmount(view: EditorView, textarea: HTMLTextAreaElement): void {
  view.destroy();
  textarea.style.display = "";
}

/** Replaces the whole text, as one step that can be undone. */
export function setText(view: EditorView, text: string): void {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

/** Replaces the text by the same in another layout, as one step. The cursor stays at its word. */
export function layOut(view: EditorView, text: string): void {
  view.dispatch({ changes: changesBetween(view.state.doc.toString(), text), scrollIntoView: true });
}

// Escape keeps its meaning: after it, Tab leaves the editor.
function keys(textarea: HTMLTextAreaElement): Extension {
  const run = (): boolean => {
    textarea.form?.requestSubmit();
    return true;
  };
  const format = (): boolean => textarea.dispatchEvent(new Event("format", { bubbles: true }));
  return keymap.of([
    { key: "F8", run: next },
    { key: "Mod-s", run: format, preventDefault: true },
    { key: "Mod-Enter", run },
    { key: "Shift-Enter", run },
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...lintKeymap,
    ...completionKeymap,
    indentWithTab,
  ]);
}

export function language(): Extension {
  return [go(), syntaxHighlighting(classHighlighter), indentUnit.of("\t"), EditorState.tabSize.of(tabColumns)];
}

// Completions come when asked for (Ctrl+Space): a list that opens while one
// types takes the Enter key and talks over a screen reader.
function behaviour(): Extension {
  return [
    lineNumbers(),
    lintGutter(),
    history(),
    bracketMatching(),
    closeBrackets(),
    indentOnInput(),
    autocompletion({ activateOnTyping: false, icons: false }),
    search({ top: true }),
    highlightSpecialChars({ addSpecialChars: /[\u00a0\u202f]/g }),
  ];
}

/** What an editor takes from the page around it: name, description, language, colours, nonce. */
export function page(name: string, help?: string | null): Extension {
  // The scrolling area must be reachable by keyboard: the text in it is.
  const attributes: Record<string, string> = { "aria-label": name, tabindex: "0" };
  if (help) attributes["aria-describedby"] = help;
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;
  return [
    theme,
    EditorView.contentAttributes.of(attributes),
    document.documentElement.lang === "fr" ? EditorState.phrases.of(french) : [],
    nonce ? EditorView.cspNonce.of(nonce) : [],
  ];
}

function sync(textarea: HTMLTextAreaElement): Extension {
  return EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    textarea.value = update.state.doc.toString();
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
