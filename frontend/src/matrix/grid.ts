import type { Matrix, MatrixRow } from "./queries";

/** What stands in a line of the grid: the name of a group, or a row. */
export type Line =
  | { kind: "group"; name: string; count: number }
  | { kind: "row"; row: MatrixRow; key: string };

/** The lines of a matrix, each group under its name. */
export function linesOf({ rows }: Pick<Matrix, "rows">): Line[] {
  const lines: Line[] = [];
  const counts = new Map<string, number>();
  for (const { group } of rows) if (group) counts.set(group, (counts.get(group) ?? 0) + 1);
  let open: string | undefined;
  for (const row of rows) {
    if (row.group && row.group !== open) {
      open = row.group;
      lines.push({ kind: "group", name: open, count: counts.get(open) ?? 0 });
    }
    lines.push({ kind: "row", row, key: `${row.group ?? ""} ${row.document}` });
  }
  return lines;
}

/** A cell by the indexes of its line and its column. */
export interface At {
  line: number;
  column: number;
}

export interface Shape {
  lines: Line[];
  columns: number;
  /** Lines that are in view at once. */
  page: number;
}

/** The cell to which a key leads from a cell; undefined for a key that leads nowhere. */
export function led(at: At, key: string, ctrl: boolean, { lines, columns, page }: Shape): At | undefined {
  const column = Math.min(Math.max(at.column, 0), columns - 1);
  const to = (line: number, by: 1 | -1): At => ({ line: nearest(lines, line, by) ?? at.line, column });
  switch (key) {
    case "ArrowDown":
      return to(at.line + 1, 1);
    case "ArrowUp":
      return to(at.line - 1, -1);
    case "PageDown":
      return to(Math.min(at.line + page, lines.length - 1), -1);
    case "PageUp":
      return to(Math.max(at.line - page, 0), 1);
    case "ArrowRight":
      return { ...at, column: Math.min(column + 1, columns - 1) };
    case "ArrowLeft":
      return { ...at, column: Math.max(column - 1, 0) };
    case "Home":
      return ctrl ? { line: nearest(lines, 0, 1) ?? 0, column: 0 } : { ...at, column: 0 };
    case "End":
      return ctrl
        ? { line: nearest(lines, lines.length - 1, -1) ?? 0, column: columns - 1 }
        : { ...at, column: columns - 1 };
  }
  return undefined;
}

/** The first line that is a row, from one on in a direction; undefined if there is none. */
function nearest(lines: Line[], from: number, by: 1 | -1): number | undefined {
  for (let at = from; at >= 0 && at < lines.length; at += by) {
    if (lines[at]?.kind === "row") return at;
  }
  return undefined;
}

/** A stretch of indexes, `to` not included. */
export interface Range {
  from: number;
  to: number;
}

/** Which of equally large things are in view, and some more on either side. */
export function inView(scrolled: number, view: number, size: number, count: number, more: number): Range {
  const from = Math.max(0, Math.floor(scrolled / size) - more);
  return { from, to: Math.min(count, Math.max(from, Math.ceil((scrolled + view) / size) + more)) };
}

/** How many columns are laid out together. */
const blockWidth = 4;

/** The blocks of columns that a range touches, of so many columns. */
export function blocksOf({ from, to }: Range, count: number): Range[] {
  const blocks: Range[] = [];
  for (let at = from - (from % blockWidth); at < Math.min(to, count); at += blockWidth) {
    blocks.push({ from: at, to: Math.min(at + blockWidth, count) });
  }
  return blocks;
}

export const isIn = (index: number, { from, to }: Range) => index >= from && index < to;

/** How strong the colour of a cell is, in percent: by the logarithm, as a few are many against none. */
export function shade(count: number, most: number): number {
  const top = Math.log(Math.max(most, 8) + 1);
  return Math.round(16 + 50 * (Math.log(count + 1) / top));
}

export const notCoded = -1;
export const ofWhole = -2;

/** What a cell says, in words. */
export function said(cell: number, unit: string): string {
  if (cell === notCoded) return "not coded";
  if (cell === ofWhole) return "tagged as a whole";
  if (cell === 0) return "read, absent";
  return `${cell} ${cell === 1 ? one(unit) : unit}`;
}

function one(unit: string): string {
  return unit === "people" ? "person" : unit.slice(0, -1);
}
