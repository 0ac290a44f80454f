// biome-ignore-all lint/a11y/useSemanticElements: what is not in view is not laid out, which a table cannot be
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays on the grid, which names the cell one is at
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useState } from "react";
import type { MatrixAddress } from "./address";
import { type At, blocksOf, inView, isIn, type Line, led, type Range } from "./grid";
import { cellID, cellOf, columnWidth, GroupLine, Heading, lineHeight, RowLine } from "./Lines";
import type { Matrix } from "./queries";

/** Height of the headings in CSS pixels; matrix.css has the same. */
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
  blocks: Range[];
  page: number;
  side: number;
}

/** What is in view of a grid with so many lines and columns. */
function viewOf(scroller: HTMLElement, lines: number, columns: number): View {
  const side = innerWidth <= 760 ? 132 : 236;
  const [height, width] = [scroller.clientHeight - headHeight, scroller.clientWidth - side];
  return {
    lines: inView(scroller.scrollTop, height, lineHeight, lines, more),
    blocks: blocksOf(inView(scroller.scrollLeft, width, columnWidth, columns, more), columns),
    page: Math.max(1, Math.floor(height / lineHeight) - 1),
    side,
  };
}

/** The view after a look: the parts that are as they were stay the same objects, so that nothing is laid out for them. */
function seen(before: View, now: View): View {
  const blocks = same(before.blocks, now.blocks) ? before.blocks : now.blocks;
  const next = { ...now, blocks };
  return same(before, next) ? before : next;
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** Concepts by documents, as a grid of which only what is in view is laid out. */
export function Grid({ grid, matrix, lines, address, at, onAt, onOpen }: Props) {
  const { concepts } = matrix;
  const [view, setView] = useState<View>({
    lines: { from: 0, to: 40 },
    blocks: blocksOf({ from: 0, to: 40 }, concepts.length),
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
    const look = () => setView((before) => seen(before, viewOf(scroller, lines.length, concepts.length)));
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
  const [first, last] = [view.blocks[0], view.blocks.at(-1)];
  const columns = { from: first?.from ?? 0, to: last?.to ?? 0 };
  const inSight = isIn(at.line, view.lines) && isIn(at.column, columns);
  const opened = address.row ? concepts.findIndex((concept) => concept.id === address.column) : -1;
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
          {concepts.slice(columns.from, columns.to).map((concept, index) => (
            <Heading
              key={concept.id}
              concept={concept}
              column={columns.from + index}
              side={view.side}
              current={columns.from + index === at.column}
              sorted={address.sort === concept.id}
            />
          ))}
        </div>
      </div>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the grid */}
      <div
        role="rowgroup"
        className="matrix-body"
        onClick={(event) => {
          const cell = cellOf(event.target as Element);
          if (cell) onOpen(cell);
        }}
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
              blocks={view.blocks}
              concepts={concepts}
              most={most}
              unit={address.value ?? "passages"}
              side={view.side}
              current={number === at.line ? at.column : -1}
              open={address.row === line.row.document ? opened : -1}
            />
          );
        })}
      </div>
    </div>
  );
}
