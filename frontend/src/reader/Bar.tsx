import type { ReactNode } from "react";
import type { Edition } from "./edition";
import { path } from "./edition";

interface Props {
  edition: Edition;
  /** Index of the provision that is being read. */
  current: number;
  /** Whether nothing but the text is shown. */
  alone: boolean;
  onAlone: () => void;
  onContents: () => void;
  onGo: (id: string) => void;
  /** Stands at the end of the bar. */
  children: ReactNode;
}

/** The bar that stays above the text: where one is. */
export function Bar({ edition, current, alone, onAlone, onContents, onGo, children }: Props) {
  const trail = trailTo(edition, current);
  return (
    <div className="placebar small noprint">
      <button type="button" className="btn ghost opener" onClick={onContents}>
        Contents
      </button>
      <ol className="trail" aria-label="Place in the text">
        {trail.map((index, at, shown) => {
          const provision = edition.provisions[index];
          if (!provision) return null;
          const last = at === shown.length - 1;
          return (
            <li key={provision.id}>
              <button
                type="button"
                aria-current={last ? "location" : undefined}
                title={provision.label}
                onClick={() => onGo(provision.id)}
              >
                {last ? provision.pinpoint : provision.label}
              </button>
            </li>
          );
        })}
      </ol>
      {children}
      <button
        type="button"
        className="btn ghost square"
        aria-label="Nothing but the text"
        title="Nothing but the text (z)"
        aria-pressed={alone}
        onClick={onAlone}
      >
        ⛶
      </button>
      <button type="button" className="btn ghost square" aria-label="Print" onClick={() => print()}>
        ⎙
      </button>
    </div>
  );
}

const longest = 3;

/** What is around the provision, less what is inside of its passage, for its own pinpoint names that. */
function trailTo({ provisions }: Edition, current: number): number[] {
  const whole = path(provisions, current);
  const passage = whole.findIndex((index) => provisions[index]?.passage);
  const around = passage < 0 ? whole.slice(0, -1) : whole.slice(0, passage);
  return [...around, current].slice(-longest);
}
