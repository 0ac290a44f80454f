// biome-ignore-all lint/a11y/useSemanticElements: what is not in view is not laid out, which a table cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the grid, which names the cell one is at
import { type CSSProperties, memo } from "react";
import { type At, isIn, type Line, notCoded, ofWhole, type Range, said, shade } from "./grid";
import type { MatrixConcept } from "./queries";

/** Sizes in CSS pixels; matrix.css has the same. */
export const lineHeight = 34;
export const columnWidth = 38;

export const cellID = ({ line, column }: At) => `cell-${line}-${column}`;

/** The cell in which something of a line stands; undefined outside of cells. */
export function cellOf(target: Element): At | undefined {
  const cell = target.closest("[role=gridcell]");
  const line = cell?.closest("[role=row]");
  if (!cell || !line) return undefined;
  return {
    line: Number(line.getAttribute("aria-rowindex")) - 2,
    column: Number(cell.getAttribute("aria-colindex")) - 2,
  };
}

interface HeadingProps {
  concept: MatrixConcept;
  column: number;
  side: number;
  current: boolean;
  sorted: boolean;
}

export const Heading = memo(function Heading({ concept, column, side, current, sorted }: HeadingProps) {
  return (
    <div
      role="columnheader"
      aria-colindex={column + 2}
      aria-sort={sorted ? "descending" : undefined}
      className={`concept f${concept.family}${concept.broader ? " below" : ""}`}
      data-current={current || undefined}
      title={concept.label}
      style={{ left: side + column * columnWidth }}
    >
      <span>
        {concept.label}
        {sorted && " ↓"}
      </span>
    </div>
  );
});

export function GroupLine({ name, count, number }: { name: string; count: number; number: number }) {
  return (
    <div role="row" aria-rowindex={number + 2} className="line group" style={{ top: number * lineHeight }}>
      <div role="rowheader" aria-colindex={1} className="agreement">
        {name} <span className="tiny muted">{count}</span>
      </div>
    </div>
  );
}

interface Looks {
  concepts: MatrixConcept[];
  most: number;
  unit: string;
  side: number;
  /** Column of the cell one is at, and of the one that is open; -1 if it is in none of these. */
  current: number;
  open: number;
}

interface RowProps extends Looks {
  line: Extract<Line, { kind: "row" }>;
  number: number;
  /** The blocks of columns that are laid out. */
  blocks: Range[];
}

/** A row is laid out anew only when something of it changes: scrolling down leaves those that stay alone. */
export const RowLine = memo(function RowLine({ line, number, blocks, current, open, ...looks }: RowProps) {
  const { row } = line;
  return (
    <div role="row" aria-rowindex={number + 2} className="line" style={{ top: number * lineHeight }}>
      <div role="rowheader" aria-colindex={1} className="agreement" title={row.title}>
        <span className="tiny muted year">{row.year || ""}</span>
        <span className="name">{row.shortTitle || row.title}</span>
      </div>
      {blocks.map(({ from, to }) => (
        <Block
          key={from}
          cells={row.cells}
          line={number}
          from={from}
          to={to}
          current={isIn(current, { from, to }) ? current : -1}
          open={isIn(open, { from, to }) ? open : -1}
          {...looks}
        />
      ))}
    </div>
  );
});

interface BlockProps extends Looks {
  cells: number[];
  line: number;
  from: number;
  to: number;
}

/** Some cells of a row, side by side: scrolling across leaves the blocks that stay alone. */
const Block = memo(function Block(props: BlockProps) {
  const { cells, line, from, to, concepts, most, unit, side, current, open } = props;
  return (
    <div className="block" style={{ left: side + from * columnWidth, width: (to - from) * columnWidth }}>
      {concepts.slice(from, to).map((concept, index) => {
        const column = from + index;
        const cell = cells[column] ?? notCoded;
        return (
          <div
            key={concept.id}
            role="gridcell"
            id={cellID({ line, column })}
            aria-colindex={column + 2}
            aria-label={said(cell, unit)}
            aria-selected={column === open}
            className={`cell ${look(cell)} f${concept.family}`}
            data-current={column === current || undefined}
            style={cell > 0 ? shaded(cell, most) : undefined}
          >
            {cell === ofWhole ? "•" : cell === notCoded ? "" : cell}
          </div>
        );
      })}
    </div>
  );
});

/** How strong the colour of a cell with tags is; matrix.css reads it. */
function shaded(cell: number, most: number): CSSProperties {
  return { "--k": `${shade(cell, most)}%` } as CSSProperties;
}

function look(cell: number): string {
  if (cell === notCoded) return "nc";
  if (cell === 0) return "absent";
  return cell === ofWhole ? "whole" : "on";
}
