import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useId, useState } from "react";
import { facetNames, labelOf } from "../search/facetNames";
import type { Facet } from "../search/queries";
import { number } from "../ui/words";
import { firstWindow, type LensAddress, type Side } from "./address";
import { dropped, type GroupField, groupFields, type Picks, picked, readGroup, writeGroup } from "./groups";
import { valuesQuery } from "./queries";
import { Within } from "./Within";

const names: Record<GroupField, string> = facetNames;

/** The two groups that are compared, and how far the lens looks. */
export function Groups({ address }: { address: LensAddress }) {
  const { data: values } = useQuery(valuesQuery);
  const navigate = useNavigate();
  const go = (next: LensAddress) => void navigate({ to: "/lens", search: next });
  return (
    <section aria-label="What is compared" className="lens-choice">
      <Within address={address} values={values} />
      <div className="lens-pair">
        <GroupCard side="a" address={address} values={values} onChange={go} />
        <GroupCard side="b" address={address} values={values} onChange={go} />
      </div>
      <div className="row">
        <label className="lens-check">
          <input
            type="checkbox"
            checked={address.digests === "out"}
            onChange={(event) => go({ ...address, digests: event.target.checked ? "out" : undefined })}
          />{" "}
          Leave out digests, which are our words
        </label>
        <label className="lens-check">
          Words on each side{" "}
          <select
            className="select"
            value={address.window ?? firstWindow}
            onChange={(event) => {
              const window = Number(event.target.value);
              go({ ...address, window: window === firstWindow ? undefined : window });
            }}
          >
            {[...new Set([1, 2, 3, 5, 8, 10, 15, address.window ?? firstWindow])]
              .sort((a, b) => a - b)
              .map((n) => (
                <option key={n}>{n}</option>
              ))}
          </select>
        </label>
      </div>
    </section>
  );
}

interface CardProps {
  side: Side;
  address: LensAddress;
  values: Facet[] | undefined;
  onChange: (next: LensAddress) => void;
}

function GroupCard({ side, address, values, onChange }: CardProps) {
  const query = address[side];
  const picks = readGroup(query);
  const set = (next: string | undefined) => onChange({ ...address, [side]: next });
  const title = side === "a" ? "Group A" : "Group B";
  const heading = useId();
  return (
    <section className={`lens-group ${side}`} aria-labelledby={heading}>
      <h2 id={heading}>{title}</h2>
      {query ? (
        picks ? (
          <Chips picks={picks} values={values} group={title} onChange={(next) => set(writeGroup(next))} />
        ) : (
          <p className="row">
            <code>{query}</code>
            <button type="button" className="link small" onClick={() => set(undefined)}>
              Clear {title}
            </button>
          </p>
        )
      ) : (
        <p className="muted">{whole(side, address)}</p>
      )}
      {picks && (
        <Picker
          group={title}
          values={values}
          onPick={(field, value) => set(writeGroup(picked(picks, field, value)))}
          onYears={(year) => set(writeGroup({ ...picks, year }))}
        />
      )}
    </section>
  );
}

function whole(side: Side, { a }: LensAddress): string {
  if (side === "a") return "All documents. Add what A is to be.";
  return a ? "Elsewhere: everything that is not in A." : "Nothing, as A is everything.";
}

interface ChipsProps {
  picks: Picks;
  values: Facet[] | undefined;
  group: string;
  onChange: (picks: Picks) => void;
}

function Chips({ picks, values, group, onChange }: ChipsProps) {
  const chips = groupFields.flatMap((field) =>
    (picks[field] ?? []).map((value) => ({
      key: `${field} ${value}`,
      text: `${names[field]}: ${labelOf(values, field, value)}`,
      without: dropped(picks, field, value),
    })),
  );
  if (picks.year) {
    chips.push({
      key: "year",
      text: `Year: ${picks.year.replace("..", "–")}`,
      without: { ...picks, year: undefined },
    });
  }
  return (
    <ul className="lens-chips" aria-label={`${group} is`}>
      {chips.map(({ key, text, without }) => (
        <li key={key}>
          <button
            type="button"
            className="chip f7"
            aria-label={`Remove ${text} from ${group}`}
            onClick={() => onChange(without)}
          >
            {text} <span aria-hidden="true">✕</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

interface PickerProps {
  group: string;
  values: Facet[] | undefined;
  onPick: (field: GroupField, value: string) => void;
  onYears: (year: string | undefined) => void;
}

function Picker({ group, values, onPick, onYears }: PickerProps) {
  const [field, setField] = useState<GroupField | "year">("org");
  const [value, setValue] = useState("");
  const [years, setYears] = useState({ from: "", to: "" });
  const found = values?.find((facet) => facet.name === field)?.values ?? [];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (field !== "year") {
      if (value) onPick(field, value);
      setValue("");
      return;
    }
    const { from, to } = years;
    if (from || to) onYears(from === to ? from : `${from}..${to}`);
    setYears({ from: "", to: "" });
  };
  const end = (which: "from" | "to", label: string) => (
    <input
      className="input"
      aria-label={`${label} of ${group}`}
      inputMode="numeric"
      pattern="[0-9]{1,4}"
      maxLength={4}
      placeholder={which}
      value={years[which]}
      onChange={(event) => setYears({ ...years, [which]: event.target.value.replace(/\D/g, "") })}
    />
  );
  return (
    <form className="lens-picker" onSubmit={submit}>
      <select
        className="select"
        aria-label={`By what to choose ${group}`}
        value={field}
        onChange={(event) => {
          setField(event.target.value as GroupField | "year");
          setValue("");
        }}
      >
        {groupFields.map((name) => (
          <option key={name} value={name}>
            {names[name]}
          </option>
        ))}
        <option value="year">Year</option>
      </select>
      {field === "year" ? (
        <span className="lens-years">
          {end("from", "First year")}
          <span aria-hidden="true">–</span>
          {end("to", "Last year")}
        </span>
      ) : (
        <select
          className="select lens-value"
          aria-label={`${names[field]} of ${group}`}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        >
          <option value="">{found.length > 0 ? "Choose…" : "There are none"}</option>
          {found.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label} ({number(one.documents)})
            </option>
          ))}
        </select>
      )}
      <button type="submit" className="btn" aria-label={`Add to ${group}`}>
        Add
      </button>
    </form>
  );
}
