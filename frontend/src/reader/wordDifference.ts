import type { Schemas } from "../api/client";

type Piece = Schemas["Piece"];

/** Longer texts than these many words are shown as one piece gone and one new: the table would not fit in memory. */
const mostWords = 2000;

/**
 * What became of a text, by its words: the longest common subsequence of words stays (Hunt and McIlroy's measure of
 * a difference), and what is between is deleted and inserted. Joined without what is deleted it is the text after. A piece never goes over the end of a line.
 */
export function wordDifference(before: string, after: string): Piece[] {
  const a = words(before);
  const b = words(after);
  if (a.length > mostWords || b.length > mostWords) {
    return joined([piece("deleted", before), piece("inserted", after)]);
  }
  const shared = table(a, b);
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push(piece("kept", a[i++] as string));
      j++;
    } else if (i < a.length && (j === b.length || at(shared, b, i + 1, j) >= at(shared, b, i, j + 1))) {
      pieces.push(piece("deleted", a[i++] as string));
    } else pieces.push(piece("inserted", b[j++] as string));
  }
  return joined(pieces);
}

/** Words with the blanks after them. */
function words(text: string): string[] {
  return text.match(/\S+\s*|\s+/g) ?? [];
}

/** How many words can stay of a from i and b from j on, by rows of b.length + 1. */
function table(a: string[], b: string[]): Uint16Array {
  const shared = new Uint16Array((a.length + 1) * (b.length + 1));
  const width = b.length + 1;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      shared[i * width + j] =
        a[i] === b[j]
          ? 1 + at(shared, b, i + 1, j + 1)
          : Math.max(at(shared, b, i + 1, j), at(shared, b, i, j + 1));
    }
  }
  return shared;
}

function at(shared: Uint16Array, b: string[], i: number, j: number): number {
  return shared[i * (b.length + 1) + j] ?? 0;
}

function piece(state: Piece["state"], text: string): Piece {
  return { state, text, line: false };
}

/** Pieces of a kind in one, cut where a line begins. */
function joined(pieces: Piece[]): Piece[] {
  const result: Piece[] = [];
  let line = false;
  for (const { state, text } of pieces) {
    const last = result.at(-1);
    if (last?.state === state && !line) last.text += text;
    else if (text !== "") result.push({ state, text, line });
    line = text.endsWith("\n");
  }
  return result;
}
