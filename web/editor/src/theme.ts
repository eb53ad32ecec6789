// The editor's look. Every colour is a custom property of the page, with a
// system colour to fall back on: light and dark are the page's business. Syntax
// colours are not here: classHighlighter gives the same tok-* classes as the
// server gives to static code.

import { EditorView } from "@codemirror/view";

const colours = {
  "&": {
    color: "var(--editor-text, CanvasText)",
    backgroundColor: "var(--editor-background, Canvas)",
    border: "1px solid var(--editor-border, GrayText)",
  },
  "&.cm-focused": {
    outline: "2px solid var(--editor-focus, Highlight)",
    outlineOffset: "1px",
  },
  ".cm-content": { caretColor: "var(--editor-caret, CanvasText)" },
  ".cm-gutters": {
    color: "var(--editor-gutter-text, GrayText)",
    backgroundColor: "var(--editor-gutter, transparent)",
    borderRight: "1px solid var(--editor-border, GrayText)",
  },
  ".cm-panels, .cm-tooltip": {
    color: "var(--editor-text, CanvasText)",
    backgroundColor: "var(--editor-panel, Canvas)",
    borderColor: "var(--editor-border, GrayText)",
  },
  ".cm-panels.cm-panels-top, .cm-panels.cm-panels-bottom": {
    borderColor: "var(--editor-border, GrayText)",
  },
  ".cm-textfield": {
    color: "inherit",
    backgroundColor: "var(--editor-background, Field)",
    borderColor: "var(--editor-border, GrayText)",
  },
  ".cm-button, .cm-button:active": {
    color: "inherit",
    backgroundColor: "var(--editor-background, ButtonFace)",
    backgroundImage: "none",
    borderColor: "var(--editor-border, GrayText)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: "var(--editor-selected-text, HighlightText)",
    backgroundColor: "var(--editor-selected, Highlight)",
  },
  ".cm-searchMatch, .cm-snippetField": {
    backgroundColor: "var(--editor-match, Mark)",
    color: "var(--editor-match-text, MarkText)",
  },
  ".cm-searchMatch-selected": { outline: "2px solid var(--editor-focus, Highlight)" },
  "&.cm-focused .cm-matchingBracket, .cm-matchingBracket": {
    backgroundColor: "transparent",
    outline: "1px solid var(--editor-focus, Highlight)",
  },
  "&.cm-focused .cm-nonmatchingBracket, .cm-nonmatchingBracket, .cm-specialChar": {
    backgroundColor: "transparent",
    color: "var(--editor-error, #d33)",
  },
};

// CodeMirror draws findings as pictures in data: addresses, which a strict
// img-src refuses and no custom property can colour. An error is a disc and a
// warning a triangle, so that colour is not all that tells them apart.
const mark = { content: "none", display: "inline-block" };
const findings = {
  ".cm-lintRange-error, .cm-lintRange-warning": {
    backgroundImage: "none",
    paddingBottom: "0",
    textDecoration: "underline wavy var(--editor-error, #d33)",
    textDecorationSkipInk: "none",
  },
  ".cm-lintRange-warning": { textDecorationColor: "var(--editor-warning, #c80)" },
  ".cm-lint-marker-error": {
    ...mark,
    backgroundColor: "var(--editor-error, #d33)",
    borderRadius: "50%",
  },
  ".cm-lint-marker-warning": {
    ...mark,
    backgroundColor: "var(--editor-warning, #c80)",
    clipPath: "polygon(50% 8%, 100% 95%, 0 95%)",
  },
  ".cm-diagnostic": { whiteSpace: "pre-wrap", maxWidth: "min(46ch, 88vw)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--editor-error, #d33)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--editor-warning, #c80)" },
};

const measures = {
  ".cm-scroller": {
    fontFamily: "var(--editor-font, monospace)",
    fontSize: "var(--editor-font-size, 0.9375rem)",
    lineHeight: "var(--editor-line-height, 1.5)",
    maxHeight: "var(--editor-max-height, 75vh)",
  },
  ".cm-content, .cm-gutter": { minHeight: "var(--editor-min-height, 16rem)" },
  ".cm-panel.cm-search": {
    fontFamily: "inherit",
    paddingRight: "2rem", // room for the button that closes it
    "& input, & button, & label": { minHeight: "24px" },
    "& [name=close]": { minWidth: "24px", color: "inherit" },
  },
};

export const theme = [EditorView.theme(colours), EditorView.theme(findings), EditorView.theme(measures)];
