// The editor's own sentences in French, by CodeMirror's English key. Without an
// entry here CodeMirror speaks English.

export const french: Record<string, string> = {
  // search panel
  Find: "Rechercher",
  Replace: "Remplacer par",
  next: "suivant",
  previous: "précédent",
  all: "tout sélectionner",
  "match case": "respecter la casse",
  regexp: "expression régulière",
  "by word": "mot entier",
  replace: "remplacer",
  "replace all": "tout remplacer",
  close: "fermer",
  "current match": "occurrence actuelle",
  "on line": "à la ligne",
  "replaced match on line $": "occurrence remplacée à la ligne $",
  "replaced $ matches": "occurrences remplacées : $",
  "Go to line": "Aller à la ligne",
  go: "aller",
  // findings
  Diagnostics: "Constats",
  "No diagnostics": "Aucun constat",
  // the rest
  Completions: "Complétions",
  "Control character": "Caractère spécial",
  "Selection deleted": "Sélection supprimée",
};
