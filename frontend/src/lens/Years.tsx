import type { Side } from "./address";
import type { Breakdown } from "./queries";
import { rate } from "./words";

const height = 56;

/** The frequency of every year from the first to the last, one plot for each group on its own scale. */
export function Years({ rows, both }: { rows: Breakdown["rows"]; both: boolean }) {
  const known = new Map(rows.filter(({ value }) => value).map((row) => [Number(row.value), row]));
  const years = [...known.keys()];
  const first = Math.min(...years);
  const last = Math.max(...years);
  const sides: Side[] = both ? ["a", "b"] : ["a"];
  const most = (side: Side) => Math.max(...[...known.values()].map((row) => row[side].perMillion));
  return (
    <div className="lens-years-plot">
      {sides.map((side) => (
        <figure key={side}>
          <svg
            viewBox={`0 0 ${last - first + 1} ${height}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={spoken(side, both, rows)}
          >
            <line x1="0" x2={last - first + 1} y1={height} y2={height} />
            {years.map((year) => {
              const frequency = known.get(year)?.[side];
              if (!frequency || frequency.matches === 0) return null;
              const tall = Math.max(1.5, (frequency.perMillion / most(side)) * (height - 2));
              return (
                <rect
                  key={year}
                  className={side}
                  x={year - first + 0.1}
                  y={height - tall}
                  width="0.8"
                  height={tall}
                >
                  <title>{`${year}: ${rate(frequency.perMillion)} per million words (${frequency.matches})`}</title>
                </rect>
              );
            })}
          </svg>
          <figcaption className="tiny muted">
            <span>{first}</span>
            <span>
              {both && <b>{side.toUpperCase()}</b>} highest bar {rate(most(side))}
            </span>
            <span>{last}</span>
          </figcaption>
        </figure>
      ))}
    </div>
  );
}

function spoken(side: Side, both: boolean, rows: Breakdown["rows"]): string {
  const dated = rows.filter((row) => row.value && row[side].matches > 0);
  const group = both ? ` in ${side.toUpperCase()}` : "";
  const peak = dated.toSorted((one, other) => other[side].perMillion - one[side].perMillion)[0];
  if (!peak) return `Matches per million words by year${group}: none`;
  return `Matches per million words by year${group}, highest in ${peak.value}: ${rate(peak[side].perMillion)}`;
}
