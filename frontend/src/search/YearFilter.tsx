import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { type SearchAddress, yearBetween, yearEnds } from "./address";
import { everyYear, type Range, whole, within } from "./brush";
import type { FacetValue } from "./queries";
import { YearBrush } from "./YearBrush";

/** How many passages come from which year, and from which years they are wanted. */
export function YearFilter({ address, values }: { address: SearchAddress; values: FacetValue[] }) {
  const navigate = useNavigate();
  const { from, to } = yearEnds(address.year);
  const [typed, setTyped] = useState({ from: "", to: "" });
  useEffect(() => setTyped({ from: from ? String(from) : "", to: to ? String(to) : "" }), [from, to]);
  const bars = everyYear(values);
  const all = whole(bars);
  const beside = (from > 0 && from > all.to) || (to > 0 && to < all.from);

  const choose = (year: string | undefined) => {
    if (year !== address.year)
      void navigate({ to: "/search", search: { ...address, year, page: undefined } });
  };
  /** An end at the last bar on its side is open. */
  const brush = (range: Range) =>
    choose(yearBetween(range.from > all.from ? range.from : 0, range.to < all.to ? range.to : 0));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    choose(yearBetween(Number(typed.from), Number(typed.to)));
  };
  const end = (which: "from" | "to", label: string, hint: number) => (
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
      {bars.length > 1 && !beside && (
        <YearBrush bars={bars} range={within(bars, { from, to })} onChoose={brush} />
      )}
      <form className="years" onSubmit={submit}>
        {end("from", "First year", all.from)}
        <span className="muted" aria-hidden="true">
          –
        </span>
        {end("to", "Last year", all.to)}
        <button type="submit" className="btn small">
          Apply
        </button>
      </form>
    </fieldset>
  );
}
