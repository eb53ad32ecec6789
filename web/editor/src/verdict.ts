// The verdict's place on the page. The server writes the verdict; here it is
// only put in, and read back for the marks in the editor.

import type { Finding } from "./findings.js";
import { root } from "./root.js";

/** Fetches the verdict's fragment in the page's language. */
export async function fetchVerdict(id: string, signal: AbortSignal): Promise<Node[]> {
  const lang = document.documentElement.lang;
  const response = await fetch(`${root}/${lang}/submissions/${encodeURIComponent(id)}?fragment=1`, { signal });
  if (!response.ok) throw new Error(`verdict fragment: status ${response.status}`);
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  return [...parsed.body.childNodes];
}

export function headingIn(verdict: HTMLElement): HTMLElement | null {
  return verdict.querySelector<HTMLElement>("[data-verdict-heading]");
}

/** The findings that the verdict shows, by file. */
export function findingsIn(verdict: HTMLElement): Map<string, Finding[]> {
  const byFile = new Map<string, Finding[]>();
  for (const element of verdict.querySelectorAll<HTMLElement>("[data-finding-line]")) {
    const { findingFile = "", findingLine, findingColumn, findingSeverity, findingKey = "" } = element.dataset;
    const finding: Finding = {
      line: Number(findingLine),
      column: Number(findingColumn ?? 0),
      severity: findingSeverity === "warning" ? "warning" : "error",
      key: findingKey,
      message: element.querySelector("[data-finding-text]")?.textContent?.trim() ?? "",
    };
    byFile.set(findingFile, [...(byFile.get(findingFile) ?? []), finding]);
  }
  return byFile;
}
