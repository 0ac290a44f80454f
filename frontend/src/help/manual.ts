/** A block of the manual of the query language, which is Markdown of the plainest sort. */
export type Block =
  | { kind: "heading"; level: number; text: string }
  | { kind: "paragraph"; text: string }
  | { kind: "table"; head: string[]; rows: string[][] }
  | { kind: "examples"; examples: Example[] };

export interface Example {
  query: string;
  /** What it means, or what is wrong with it. */
  says: string;
  right: boolean;
  /** For a query that is wrong: one that would be right, "" if there is none. */
  repair: string;
}

/** Cuts the manual into blocks. Whatever is no heading, table or list of examples is a paragraph. */
export function blocksOf(manual: string): Block[] {
  const blocks: Block[] = [];
  const lines = manual.split("\n");
  for (let i = 0; i < lines.length; ) {
    const line = lines[i] ?? "";
    if (line.trim() === "") {
      i++;
    } else if (line.startsWith("```")) {
      const end = lines.indexOf("```", i + 1);
      const stop = end < 0 ? lines.length : end;
      blocks.push({ kind: "examples", examples: examplesOf(lines.slice(i + 1, stop)) });
      i = stop + 1;
    } else {
      const stop = blockEnd(lines, i);
      blocks.push(textBlock(lines.slice(i, stop)));
      i = stop;
    }
  }
  return blocks;
}

function blockEnd(lines: string[], from: number): number {
  if (lines[from]?.startsWith("#")) return from + 1;
  const length = lines.slice(from).findIndex((line) => line.trim() === "" || line.startsWith("```"));
  return length < 0 ? lines.length : from + length;
}

function textBlock(lines: string[]): Block {
  const [first = ""] = lines;
  const heading = /^(#+)\s+(.*)$/.exec(first);
  if (heading) return { kind: "heading", level: heading[1]?.length ?? 1, text: heading[2] ?? "" };
  if (first.startsWith("|")) {
    const [head = [], , ...rows] = lines.map(cells);
    return { kind: "table", head, rows };
  }
  return { kind: "paragraph", text: lines.join(" ") };
}

/** The cells of a row; `\|` is a stroke within one. */
function cells(row: string): string[] {
  return row
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** Reads a query, then a line with an arrow; or with a cross and, it may be, a line with a repair. */
function examplesOf(lines: string[]): Example[] {
  const examples: Example[] = [];
  for (let i = 0; i < lines.length; i++) {
    const query = lines[i] ?? "";
    const says = lines[i + 1] ?? "";
    if (query.trim() === "" || !/^[→✗]/.test(says)) continue;
    const right = says.startsWith("→");
    i++;
    const next = lines[i + 1] ?? "";
    const repaired = !right && next.trim() !== "" && !/^[→✗]/.test(lines[i + 2] ?? "");
    examples.push({ query, says: says.slice(1).trim(), right, repair: repaired ? next : "" });
    if (repaired) i++;
  }
  return examples;
}

export interface Run {
  text: string;
  kind: "plain" | "code" | "strong" | "link";
  /** Of a link. */
  address?: string;
}

const run = /(`[^`]+`|\*\*[^*]+\*\*|\[[^\]]+\]\(https:[^)]+\))/;

/** Cuts a paragraph into plain text, what stands between backticks or double asterisks, and links. */
export function runsOf(text: string): Run[] {
  return text.split(run).filter(Boolean).map(runOf);
}

function runOf(part: string): Run {
  const link = /^\[([^\]]+)\]\((.+)\)$/.exec(part);
  if (link) return { text: link[1] ?? "", kind: "link", address: link[2] ?? "" };
  if (/^`[^`]+`$/.test(part)) return { text: part.slice(1, -1), kind: "code" };
  if (/^\*\*[^*]+\*\*$/.test(part)) return { text: part.slice(2, -2), kind: "strong" };
  return { text: part, kind: "plain" };
}
