import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { count } from "../ui/words";
import { type SearchAddress, yearBetween, yearEnds } from "./address";
import type { FacetValue } from "./queries";

interface Bar {
  year: number;
  passages: number;
}

/** How many passages come from which year, and from which years they are wanted. */
export function YearFilter({ address, values }: { address: SearchAddress; values: FacetValue[] }) {
  const navigate = useNavigate();
  const { from, to } = yearEnds(address.year);
  const [typed, setTyped] = useState({ from: "", to: "" });
  useEffect(() => setTyped({ from: from ? String(from) : "", to: to ? String(to) : "" }), [from, to]);
  const bars = everyYear(values);
  const first = bars[0]?.year;
  const last = bars.at(-1)?.year;

  const choose = (year: string | undefined) => {
    if (year !== address.year)
      void navigate({ to: "/search", search: { ...address, year, page: undefined } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    choose(yearBetween(Number(typed.from), Number(typed.to)));
  };
  const end = (which: "from" | "to", label: string, hint: number | undefined) => (
    <label>
      <span className="sr">{label}</span>
      <input
        className="input"
        inputMode="numeric"
        pattern="[0-9]{1,4}"
        maxLength={4}
        placeholder={hint ? String(hint) : which}
        value={typed[which]}
        onChange={(event) => setTyped({ ...typed, [which]: event.target.value.replace(/\D/g, "") })}
      />
    </label>
  );
  return (
    <fieldset>
      <legend>
        <h3>Year</h3>
      </legend>
      {bars.length > 1 && <Histogram bars={bars} from={from} to={to} />}
      <form className="years" onSubmit={submit}>
        {end("from", "First year", first)}
        <span className="muted" aria-hidden="true">
          –
        </span>
        {end("to", "Last year", last)}
        <button type="submit" className="btn small">
          Apply
        </button>
      </form>
    </fieldset>
  );
}

/** One bar for each year from the first to the last, those without passages too. */
function everyYear(values: FacetValue[]): Bar[] {
  const counts = new Map(values.map(({ value, passages }) => [Number(value), passages]));
  const years = [...counts.keys()].filter((year) => year > 0);
  if (years.length === 0) return [];
  const first = Math.min(...years);
  const length = Math.max(...years) - first + 1;
  return Array.from({ length }, (_, i) => ({ year: first + i, passages: counts.get(first + i) ?? 0 }));
}

function Histogram({ bars, from, to }: { bars: Bar[]; from: number; to: number }) {
  const most = Math.max(...bars.map((bar) => bar.passages));
  const chosen = ({ year }: Bar) => (!from || year >= from) && (!to || year <= to);
  const peak = bars.find((bar) => bar.passages === most);
  return (
    <figure>
      <svg
        className="hist"
        viewBox={`0 0 ${bars.length} 44`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Passages by year, ${bars[0]?.year} to ${bars.at(-1)?.year}, most in ${peak?.year}`}
      >
        {bars.map((bar) => {
          const height = bar.passages === 0 ? 0 : Math.max(1.5, (bar.passages / most) * 44);
          return (
            <rect
              key={bar.year}
              className={chosen(bar) ? undefined : "out"}
              x={bar.year - (bars[0]?.year ?? 0) + 0.1}
              y={44 - height}
              width="0.8"
              height={height}
            >
              <title>{`${bar.year}: ${count(bar.passages, "passage")}`}</title>
            </rect>
          );
        })}
      </svg>
      <figcaption className="tiny muted">
        <span>{bars[0]?.year}</span>
        <span>{bars.at(-1)?.year}</span>
      </figcaption>
    </figure>
  );
}
