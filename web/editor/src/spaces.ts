// French typography puts no-break spaces (U+00A0, U+202F) into text that people
// copy; Go refuses them between words.

export function withoutNoBreakSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, " ");
}
