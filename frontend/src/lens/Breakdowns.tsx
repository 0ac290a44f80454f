import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { SearchAddress } from "../search/address";
import { count, number } from "../ui/words";
import { compares, type LensAddress, type Side, searchIn } from "./address";
import type { Breakdown, Frequency, Lens } from "./queries";
import { rate } from "./words";
import { Years } from "./Years";

const titles: Record<Breakdown["name"], string> = {
  year: "By year",
  org: "By organisation",
  party: "By party",
  region: "By region",
  kind: "By kind",
  lang: "By language",
};

const column: Record<Breakdown["name"], string> = {
  year: "Year",
  org: "Organisation",
  party: "Agreements of",
  region: "Region",
  kind: "Kind",
  lang: "Language",
};

/** The frequencies by year, organisation, party, region, kind and language, as plots that are tables. */
export function Breakdowns({ address, lens }: { address: LensAddress; lens: Lens }) {
  return (
    <section aria-labelledby="lens-where">
      <h2 id="lens-where">Where</h2>
      <p className="small muted">
        Matches per million words. The bars of a table have one scale, each plot of years has its own. What
        stands on few words says little.
      </p>
      <div className="lens-plots">
        {lens.breakdowns
          .filter(({ rows }) => rows.length > 0)
          .map((breakdown) => (
            <section key={breakdown.name} aria-labelledby={`lens-${breakdown.name}`}>
              <h3 id={`lens-${breakdown.name}`}>{titles[breakdown.name]}</h3>
              {breakdown.name === "year" && breakdown.rows.length > 2 ? (
                <>
                  <Years rows={breakdown.rows} both={compares(address)} />
                  <details>
                    <summary className="small">Figures by year</summary>
                    <Bars address={address} breakdown={breakdown} />
                  </details>
                </>
              ) : (
                <Bars address={address} breakdown={breakdown} />
              )}
            </section>
          ))}
      </div>
    </section>
  );
}

/** Rows shown before the rest is asked for. */
const few = 8;

function Bars({ address, breakdown }: { address: LensAddress; breakdown: Breakdown }) {
  const { name, rows, total } = breakdown;
  const [all, setAll] = useState(name === "year");
  const shown = all ? rows : rows.slice(0, few);
  const sides: Side[] = compares(address) ? ["a", "b"] : ["a"];
  const most = Math.max(...rows.flatMap((row) => sides.map((side) => row[side].perMillion)));
  return (
    <>
      <table className="lens-bars">
        <caption className="sr">
          {titles[name]}: matches per million words{sides.length > 1 && " in A and in B"}
        </caption>
        <thead>
          <tr>
            <th scope="col">{column[name]}</th>
            {sides.map((side) => (
              <th key={side} scope="col">
                {sides.length > 1 ? side.toUpperCase() : "Per million"}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={row.value}>
              <th scope="row">
                <Value address={address} name={name} value={row.value} label={row.label} />
              </th>
              {sides.map((side) => (
                <td key={side}>
                  <Bar side={side} frequency={row[side]} most={most} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {name !== "year" && rows.length > few && (
        <button type="button" className="link tiny" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Fewer" : `${number(rows.length)} rows…`}
        </button>
      )}
      {all && total > rows.length && (
        <p className="tiny muted">
          {number(rows.length)} of {number(total)}, those with the most matches; the export has more.
        </p>
      )}
    </>
  );
}

interface ValueProps {
  address: LensAddress;
  name: Breakdown["name"];
  value: string;
  label: string;
}

/** The name of a value; it leads to the lines that have it, in either group. */
function Value({ address, name, value, label }: ValueProps) {
  if (!value) return <span className="muted">none known</span>;
  const filter: Partial<SearchAddress> = name === "year" ? { year: value } : { [name]: [value] };
  const search = { ...searchIn({ ...address, a: undefined, b: undefined }, "a"), ...filter };
  return (
    <Link to="/search" search={{ ...search, view: "concordance" }}>
      {label}
    </Link>
  );
}

function Bar({ side, frequency, most }: { side: Side; frequency: Frequency; most: number }) {
  const { perMillion, matches, documents, texts, words } = frequency;
  if (texts === 0) return <span className="tiny muted">no texts</span>;
  const title = `${count(matches, "match", "matches")} in ${documents} of ${count(texts, "document")}, ${count(words, "word")}`;
  return (
    <span className="lens-bar" title={title}>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect className="ground" width="100" height="8" />
        <rect className={side} width={most > 0 ? (perMillion / most) * 100 : 0} height="8" />
      </svg>
      <span className="n">
        {rate(perMillion)}{" "}
        <span className="muted">
          ({number(matches)} in {number(documents)}/{number(texts)})
        </span>
      </span>
    </span>
  );
}
