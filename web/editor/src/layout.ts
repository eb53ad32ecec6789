// The difference that laying code out makes. gofmt moves white space and little
// else, so the changes are small, and a cursor stays at its word.

/** Text to put in the place of a range; positions are of the old text. */
export interface Change {
  from: number;
  to: number;
  insert: string;
}

/** The changes that turn one text into the other, in order and apart from each other. */
export function changesBetween(old: string, next: string): Change[] {
  const changes: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < next.length) {
    const a = spaceAt(old, i);
    const b = spaceAt(next, j);
    const was = old.slice(i, a);
    const is = next.slice(j, b);
    if (was !== is) changes.push({ from: i, to: a, insert: is });
    i = a;
    j = b;
    if (old[i] === next[j]) {
      i++;
      j++;
    } else {
      changes.push(rest(old, next, i, j));
      break;
    }
  }
  return changes;
}

/** Where the white space that begins at i ends. */
function spaceAt(text: string, i: number): number {
  while (i < text.length && " \t\n\r".includes(text[i] ?? "")) i++;
  return i;
}

/** One change for all from i and j on, without the end that is the same. */
function rest(old: string, next: string, i: number, j: number): Change {
  let end = old.length;
  let stop = next.length;
  while (end > i && stop > j && old[end - 1] === next[stop - 1]) {
    end--;
    stop--;
  }
  return { from: i, to: end, insert: next.slice(j, stop) };
}

/** Where a position of the old text is after the changes. */
export function mapped(at: number, changes: Change[]): number {
  let shift = 0;
  for (const { from, to, insert } of changes) {
    if (to <= at) shift += insert.length - (to - from);
    else if (from < at) return from + shift + Math.min(insert.length, at - from);
  }
  return at + shift;
}
