import { Link } from "@tanstack/react-router";
import { Chip } from "../ui/Chip";
import { Wording } from "../ui/Wording";
import type { Showing } from "./address";
import {
  type Cell,
  type Comparison,
  ownWords,
  rowDiffers,
  type Side,
  sideName,
  sideTitle,
  standing,
} from "./table";

interface Props {
  comparison: Comparison;
  baseline: number;
  show: Showing | undefined;
  onBaseline: (side: number) => void;
  onRemove: (side: number) => void;
}

/** The texts, a column for each side and a row for paragraphs that are alike. */
export function Beside({ comparison: { sides, rows }, baseline, show, onBaseline, onRemove }: Props) {
  const numbered = rows.map((row, index) => ({ row, number: index + 1, differs: rowDiffers(row) }));
  const shown = show === "changed" ? numbered.filter(({ differs }) => differs) : numbered;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="scrolling" tabIndex={0} aria-label="Texts side by side">
      <table className={`collated of${sides.length}`}>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr">Row</span>
            </th>
            {sides.map((side, index) => (
              <th key={`${side.version} ${side.provision}`} scope="col">
                <Head
                  side={side}
                  baseline={index === baseline}
                  onBaseline={() => onBaseline(index)}
                  onRemove={() => onRemove(index)}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ row, number, differs }) => (
            <tr key={number} tabIndex={-1} data-differs={differs || undefined}>
              <th scope="row">{number}</th>
              {row.map((cell, index) => {
                const side = sides[index] as Side;
                return (
                  <td key={`${side.version} ${side.provision}`} className={cell.none ? "none" : undefined}>
                    <span className="whose tiny muted">{sideName(side)}</span>
                    <Text cell={cell} side={side} plain={show === "plain" || index === baseline} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="muted nothing">No row differs.</p>}
    </section>
  );
}

function Text({ cell, side, plain }: { cell: Cell; side: Side; plain: boolean }) {
  if (cell.none) return <span className="small muted">No counterpart</span>;
  const own = cell.concepts.filter(() => !cell.heading);
  return (
    <>
      <div className={cell.heading ? "words heading" : `words l${Math.min(cell.indent ?? 0, 4)}`}>
        {plain ? (
          <p lang={side.language} dir="auto">
            {ownWords(cell)}
          </p>
        ) : (
          <Wording pieces={cell.pieces} lang={side.language} />
        )}
      </div>
      {own.length > 0 && (
        <p className="chips">
          {own.map((concept) => (
            <Chip key={concept.id} family={concept.family}>
              {concept.label}
            </Chip>
          ))}
        </p>
      )}
    </>
  );
}

interface HeadProps {
  side: Side;
  baseline: boolean;
  onBaseline: () => void;
  onRemove: () => void;
}

function Head({ side, baseline, onBaseline, onRemove }: HeadProps) {
  const name = sideName(side);
  return (
    <>
      <span className="tiny muted standing-line">{standing(side, baseline)}</span>
      <Link
        className="title"
        to="/read/$document"
        params={{ document: side.document.id }}
        search={{ at: side.provision, version: side.current ? undefined : side.version }}
      >
        {sideTitle(side)}
      </Link>
      {!side.current && <span className="older">Older version</span>}
      {side.document.digest && <span className="digest">Digest – our summary, not the official text</span>}
      {side.concepts.length > 0 && (
        <span className="chips">
          {side.concepts.map((concept) => (
            <Chip key={concept.id} family={concept.family}>
              {concept.label}
            </Chip>
          ))}
        </span>
      )}
      <span className="row noprint">
        {!baseline && (
          <button
            type="button"
            className="link tiny"
            aria-label={`Make ${name} the baseline`}
            onClick={onBaseline}
          >
            Make baseline
          </button>
        )}
        <button type="button" className="link tiny" aria-label={`Remove ${name}`} onClick={onRemove}>
          Remove
        </button>
      </span>
    </>
  );
}
