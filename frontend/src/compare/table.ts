import type { Schemas } from "../api/client";
import { sentence } from "../ui/words";

export type Comparison = Schemas["Comparison"];
export type Side = Comparison["sides"][number];
export type Cell = Comparison["rows"][number][number];

/** What a side is called: "Budapest Convention, art. 9". */
export function sideName({ document, pinpoint }: Pick<Side, "document" | "pinpoint">): string {
  return [document.shortTitle || document.title, pinpoint].filter(Boolean).join(", ");
}

/** The words of a paragraph as they stand in its own text. */
export function ownWords({ pieces }: Cell): string {
  return pieces
    .filter((piece) => piece.state !== "deleted")
    .map((piece) => piece.text)
    .join("")
    .trim();
}

/** Whether any side has something else in a row than the baseline. */
export function rowDiffers(row: Cell[]): boolean {
  return row.some((cell) => cell.none || cell.pieces.some((piece) => piece.state !== "kept"));
}

/** The comparison as a table in Markdown; what is different is struck out or bold, unless it is plain. */
export function markdownOf({ sides, rows }: Comparison, plain: boolean): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(
      sides.map((side) =>
        escaped(`${sideName(side)}${side.document.year ? ` (${side.document.year})` : ""}`),
      ),
    ),
    line(sides.map(() => "---")),
    ...rows.map((row) =>
      line(row.map((cell) => (cell.none ? "–" : plain ? escaped(ownWords(cell)) : worded(cell)))),
    ),
  ]
    .join("\n")
    .concat("\n");
}

const marks = { kept: "", inserted: "**", deleted: "~~" } as const;

function worded({ pieces }: Cell): string {
  return pieces
    .map(({ state, text }) => {
      const words = text.trim();
      const mark = words ? marks[state] : "";
      const [before = "", after = ""] = words ? text.split(words, 2) : [text];
      return `${before}${mark}${escaped(words)}${mark}${after}`;
    })
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|~]/g, "\\$&").replace(/\s*\n\s*/g, "<br>");
}

/** "1992 · baseline", "1996 · 94 % of the words shared". */
export function standing(side: Side, baseline: boolean): string {
  const words = baseline ? "baseline" : `${Math.round(side.shared * 100)} % shared words`;
  return [side.document.year || "", words].filter(Boolean).join(" · ");
}

/** A pinpoint as it begins a line, or the name of what has none. */
export function sideTitle(side: Side): string {
  return `${side.document.shortTitle || side.document.title} · ${sentence(side.pinpoint || side.label)}`;
}
