import { Fragment } from "react";
import type { Schemas } from "../api/client";
import "./wording.css";

export type Piece = Schemas["Piece"];

interface Props {
  pieces: Piece[];
  lang?: string;
  /** Whether runs of lines that stayed as they were are folded. */
  fold?: boolean;
}

/** What became of words: what was deleted is struck out, what was inserted is underlined, and both are said. */
export function Wording({ pieces, lang, fold = false }: Props) {
  const lines = linesOf(pieces);
  return (
    <div className="wording" lang={lang} dir="auto">
      {(fold ? folded(lines) : [lines]).map((run, index) => {
        const paragraphs = run.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never change places
          <p key={at}>
            <Line pieces={line} />
          </p>
        ));
        const key = index;
        if (!fold || run.length < foldable || run.some(isChanged)) {
          return <Fragment key={key}>{paragraphs}</Fragment>;
        }
        return (
          <details key={key}>
            <summary lang="en">{run.length} lines unchanged</summary>
            {paragraphs}
          </details>
        );
      })}
    </div>
  );
}

function Line({ pieces }: { pieces: Piece[] }) {
  return pieces.map((piece, index) => {
    const key = index;
    if (piece.state === "inserted") {
      return (
        <ins key={key}>
          <span className="sr" lang="en">
            {" "}
            inserted:{" "}
          </span>
          {piece.text}
          <span className="sr" lang="en">
            , end of insertion{" "}
          </span>
        </ins>
      );
    }
    if (piece.state === "deleted") {
      return (
        <del key={key}>
          <span className="sr" lang="en">
            {" "}
            deleted:{" "}
          </span>
          {piece.text}
          <span className="sr" lang="en">
            , end of deletion{" "}
          </span>
        </del>
      );
    }
    return <Fragment key={key}>{piece.text}</Fragment>;
  });
}

/** From how many unchanged lines on a run of them is folded. */
const foldable = 3;

/** Cuts pieces where lines begin. */
export function linesOf(pieces: Piece[]): Piece[][] {
  const lines: Piece[][] = [];
  for (const piece of pieces) {
    const open = lines.at(-1);
    if (piece.line || !open) lines.push([piece]);
    else open.push(piece);
  }
  return lines;
}

export function isChanged(line: Piece[]): boolean {
  return line.some((piece) => piece.state !== "kept");
}

/** Parts lines into runs that changed and runs that did not. The first line, mostly a heading, is never folded. */
export function folded(lines: Piece[][]): Piece[][][] {
  const runs: Piece[][][] = [];
  lines.forEach((line, index) => {
    const open = runs.at(-1);
    const before = lines[index - 1];
    if (open && before && index > 1 && isChanged(before) === isChanged(line)) open.push(line);
    else runs.push([line]);
  });
  return runs;
}
