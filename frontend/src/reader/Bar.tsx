import type { Edition } from "./edition";
import { path } from "./edition";

interface Props {
  edition: Edition;
  /** Index of the provision that is being read. */
  current: number;
  q: string | undefined;
  hits: number;
  /** Index of the current hit, -1 before the first. */
  hit: number;
  problem: string | undefined;
  onStep: (step: 1 | -1) => void;
  onContents: () => void;
  onGo: (id: string) => void;
}

/** The bar that stays above the text: where one is, and the way from hit to hit. */
export function Bar({ edition, current, q, hits, hit, problem, onStep, onContents, onGo }: Props) {
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
      {q && (
        <div className="find">
          <span className="query muted" title={q}>
            {q}
          </span>
          {problem ? (
            <span className="problem" title={problem}>
              not searched
            </span>
          ) : hits === 0 ? (
            <span className="counter">no hits</span>
          ) : (
            <span className="counter">
              <b>{hit >= 0 ? hit + 1 : "–"}</b>/{hits}
              <span className="sr"> hits</span>
            </span>
          )}
          <button
            type="button"
            className="btn"
            aria-label="Previous hit"
            disabled={hits === 0}
            onClick={() => onStep(-1)}
          >
            ↑{" "}
            <span className="kbd" aria-hidden="true">
              N
            </span>
          </button>
          <button
            type="button"
            className="btn"
            aria-label="Next hit"
            disabled={hits === 0}
            onClick={() => onStep(1)}
          >
            ↓{" "}
            <span className="kbd" aria-hidden="true">
              n
            </span>
          </button>
        </div>
      )}
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
