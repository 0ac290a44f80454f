// biome-ignore-all lint/a11y/useSemanticElements: what is not in view is not laid out, which a table cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the grid, which names the cell one is at
import {
  type KeyboardEvent,
  memo,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
} from "react";
import type { MatrixAddress } from "./address";
import { type At, inView, type Line, led, notCoded, ofWhole, type Range, said, shade } from "./grid";
import type { Matrix, MatrixConcept } from "./queries";

/** Sizes in CSS pixels; matrix.css has the same. */
const lineHeight = 34;
const columnWidth = 38;
const headHeight = 136;
const more = 4;

interface Props {
  grid: RefObject<HTMLDivElement | null>;
  matrix: Matrix;
  lines: Line[];
  address: MatrixAddress;
  at: At;
  onAt: (at: At) => void;
  /** Opens the passages of a cell. */
  onOpen: (at: At) => void;
}

interface View {
  lines: Range;
  columns: Range;
  page: number;
  side: number;
}

/** Concepts by documents, as a grid of which only what is in view is laid out. */
export function Grid({ grid, matrix, lines, address, at, onAt, onOpen }: Props) {
  const { concepts } = matrix;
  const [view, setView] = useState<View>({
    lines: { from: 0, to: 40 },
    columns: { from: 0, to: 40 },
    page: 10,
    side: 236,
  });
  const most = useMemo(
    () => matrix.rows.reduce((top, row) => row.cells.reduce((high, cell) => Math.max(high, cell), top), 1),
    [matrix],
  );
  useEffect(() => {
    const scroller = grid.current;
    if (!scroller) return;
    const look = () => {
      const side = innerWidth <= 760 ? 132 : 236;
      const [height, width] = [scroller.clientHeight - headHeight, scroller.clientWidth - side];
      const next = {
        lines: inView(scroller.scrollTop, height, lineHeight, lines.length, more),
        columns: inView(scroller.scrollLeft, width, columnWidth, concepts.length, more),
        page: Math.max(1, Math.floor(height / lineHeight) - 1),
        side,
      };
      setView((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    look();
    scroller.addEventListener("scroll", look, { passive: true });
    const sized = new ResizeObserver(look);
    sized.observe(scroller);
    return () => {
      scroller.removeEventListener("scroll", look);
      sized.disconnect();
    };
  }, [grid, lines.length, concepts.length]);

  // The cell one is at is never left out of sight by the keys.
  useLayoutEffect(() => {
    const scroller = grid.current;
    if (!scroller || document.activeElement !== scroller) return;
    const [top, left] = [at.line * lineHeight, at.column * columnWidth];
    const [height, width] = [scroller.clientHeight - headHeight, scroller.clientWidth - view.side];
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + lineHeight > scroller.scrollTop + height) scroller.scrollTop = top + lineHeight - height;
    if (left < scroller.scrollLeft) scroller.scrollLeft = left;
    else if (left + columnWidth > scroller.scrollLeft + width)
      scroller.scrollLeft = left + columnWidth - width;
  }, [grid, at, view.side]);

  const keyed = (event: KeyboardEvent) => {
    if (event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      return onOpen(at);
    }
    const next = led(at, event.key, event.ctrlKey || event.metaKey, {
      lines,
      columns: concepts.length,
      page: view.page,
    });
    if (!next) return;
    event.preventDefault();
    onAt(next);
  };
  const shown = lines.slice(view.lines.from, view.lines.to);
  const inSight =
    at.line >= view.lines.from &&
    at.line < view.lines.to &&
    at.column >= view.columns.from &&
    at.column < view.columns.to;
  return (
    <div
      ref={grid}
      className="matrix-grid"
      role="grid"
      tabIndex={0}
      aria-label="Concepts by agreements"
      aria-rowcount={lines.length + 1}
      aria-colcount={concepts.length + 1}
      aria-activedescendant={inSight && lines[at.line]?.kind === "row" ? cellID(at) : undefined}
      onKeyDown={keyed}
    >
      <div
        role="rowgroup"
        className="matrix-head"
        style={{ width: view.side + concepts.length * columnWidth }}
      >
        <div role="row" aria-rowindex={1}>
          <div role="columnheader" aria-colindex={1} className="corner tiny muted">
            {address.groupBy === "party" ? "Agreements by party" : "Agreement"}
          </div>
          {concepts.slice(view.columns.from, view.columns.to).map((concept, index) => (
            <Heading
              key={concept.id}
              concept={concept}
              column={view.columns.from + index}
              side={view.side}
              current={view.columns.from + index === at.column}
              sorted={address.sort === concept.id}
            />
          ))}
        </div>
      </div>
      <div
        role="rowgroup"
        className="matrix-body"
        style={{ height: lines.length * lineHeight, width: view.side + concepts.length * columnWidth }}
      >
        {shown.map((line, index) => {
          const number = view.lines.from + index;
          return line.kind === "group" ? (
            <GroupLine key={`group ${line.name}`} name={line.name} count={line.count} number={number} />
          ) : (
            <RowLine
              key={line.key}
              line={line}
              number={number}
              concepts={concepts}
              from={view.columns.from}
              to={view.columns.to}
              side={view.side}
              most={most}
              unit={address.value ?? "passages"}
              current={number === at.line ? at.column : -1}
              open={
                address.row === line.row.document
                  ? concepts.findIndex((concept) => concept.id === address.column)
                  : -1
              }
              onOpen={onOpen}
            />
          );
        })}
      </div>
    </div>
  );
}

export const cellID = ({ line, column }: At) => `cell-${line}-${column}`;

interface HeadingProps {
  concept: MatrixConcept;
  column: number;
  side: number;
  current: boolean;
  sorted: boolean;
}

function Heading({ concept, column, side, current, sorted }: HeadingProps) {
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
}

function GroupLine({ name, count, number }: { name: string; count: number; number: number }) {
  return (
    <div role="row" aria-rowindex={number + 2} className="line group" style={{ top: number * lineHeight }}>
      <div role="rowheader" aria-colindex={1} className="agreement">
        {name} <span className="tiny muted">{count}</span>
      </div>
    </div>
  );
}

interface RowProps {
  line: Extract<Line, { kind: "row" }>;
  number: number;
  concepts: MatrixConcept[];
  from: number;
  to: number;
  side: number;
  most: number;
  unit: string;
  /** Column of the cell one is at, and of the one that is open; -1 if it is in no cell of this row. */
  current: number;
  open: number;
  onOpen: (at: At) => void;
}

/** A row is laid out anew only when something of it changes: scrolling down leaves those that stay alone. */
const RowLine = memo(function RowLine(props: RowProps) {
  const { line, number, concepts, from, to, side, most, unit, current, open, onOpen } = props;
  const { row } = line;
  return (
    <div role="row" aria-rowindex={number + 2} className="line" style={{ top: number * lineHeight }}>
      <div role="rowheader" aria-colindex={1} className="agreement" title={row.title}>
        <span className="tiny muted year">{row.year || ""}</span>
        <span className="name">{row.shortTitle || row.title}</span>
      </div>
      {concepts.slice(from, to).map((concept, index) => {
        const column = from + index;
        const cell = row.cells[column] ?? notCoded;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the grid
          <div
            key={concept.id}
            role="gridcell"
            id={cellID({ line: number, column })}
            aria-colindex={column + 2}
            aria-label={said(cell, unit)}
            aria-selected={column === open}
            className={`cell ${look(cell)} f${concept.family}`}
            data-current={column === current || undefined}
            style={{
              left: side + column * columnWidth,
              ...(cell > 0 && { "--k": `${shade(cell, most)}%` }),
            }}
            onClick={() => onOpen({ line: number, column })}
          >
            {cell === ofWhole ? "•" : cell === notCoded ? "" : cell}
          </div>
        );
      })}
    </div>
  );
});

function look(cell: number): string {
  if (cell === notCoded) return "nc";
  if (cell === 0) return "absent";
  return cell === ofWhole ? "whole" : "on";
}

/** The whole matrix as a table, for paper. */
export function Printed({ matrix, lines, unit }: { matrix: Matrix; lines: Line[]; unit: string }) {
  return (
    <table className="matrix-printed">
      <thead>
        <tr>
          <th scope="col">Agreement</th>
          {matrix.concepts.map((concept) => (
            <th key={concept.id} scope="col">
              <span>{concept.label}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) =>
          line.kind === "group" ? (
            <tr key={`group ${line.name}`}>
              <th scope="rowgroup" colSpan={matrix.concepts.length + 1}>
                {line.name}
              </th>
            </tr>
          ) : (
            <tr key={line.key}>
              <th scope="row">
                {line.row.year || ""} {line.row.shortTitle || line.row.title}
              </th>
              {matrix.concepts.map((concept, column) => {
                const cell = line.row.cells[column] ?? notCoded;
                return (
                  <td key={concept.id} title={said(cell, unit)}>
                    {cell === ofWhole ? "•" : cell === notCoded ? "" : cell}
                  </td>
                );
              })}
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}
