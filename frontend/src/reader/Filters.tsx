import { Link } from "@tanstack/react-router";
import { useId, useMemo, useState } from "react";
import { useSession } from "../account/session";
import { count, number } from "../ui/words";
import type { Annotation } from "./edition";
import { type Choice, choices, type Filter, filterNames, groupChoices, isOn } from "./filter";

interface Props {
  /** All annotations that can be filtered; undefined until they have been read. */
  annotations: Annotation[] | undefined;
  filter: Filter;
  /** How many of them the filter hides. */
  hidden: number;
  onFilter: (filter: Filter) => void;
}

/** Filters the annotations of the margin, and always says how many of them are hidden. */
export function Filters({ annotations, filter, hidden, onFilter }: Props) {
  const [open, setOpen] = useState(false);
  const panel = useId();
  const session = useSession();
  const offered = useMemo(() => choices(annotations ?? []), [annotations]);
  const groups = useMemo(
    () => groupChoices(annotations ?? [], session?.groups ?? []),
    [annotations, session?.groups],
  );
  const all = annotations?.length ?? 0;
  const on = isOn(filter);
  if (all === 0 && !on) return null;
  return (
    <section className="narrowing noprint" aria-label="Filter the annotations">
      <div className="line">
        <span className="tally" role="status">
          {on ? `${number(all - hidden)} of ${count(all, "annotation")}, ` : count(all, "annotation")}
          {on && <b>{number(hidden)} hidden</b>}
        </span>
        {on && (
          <button type="button" className="link" onClick={() => onFilter({})}>
            Clear
          </button>
        )}
        <button
          type="button"
          className="btn ghost"
          aria-expanded={open}
          aria-controls={panel}
          onClick={() => setOpen(!open)}
        >
          Filter
        </button>
      </div>
      {on && !open && <On filter={filter} offered={{ ...offered, groups }} onFilter={onFilter} />}
      <div id={panel} className="panel" hidden={!open}>
        <Select
          name="Concept"
          choices={offered.concepts}
          value={filter.concept}
          onChoose={(concept) => onFilter({ ...filter, concept })}
        />
        <Select
          name="Person"
          choices={offered.people}
          value={filter.by}
          onChoose={(by) => onFilter({ ...filter, by })}
        />
        {(groups.length > 0 || filter.group) && (
          <Select
            name="Group"
            choices={groups}
            value={filter.group}
            onChoose={(group) => onFilter({ ...filter, group })}
          />
        )}
        <Day name="From" value={filter.from} onChoose={(from) => onFilter({ ...filter, from })} />
        <Day name="To" value={filter.to} onChoose={(to) => onFilter({ ...filter, to })} />
        {session?.signedIn && <Link to="/trash">Deleted in the last 30 days</Link>}
      </div>
    </section>
  );
}

interface OnProps extends Pick<Props, "filter" | "onFilter"> {
  offered: { concepts: Choice[]; people: Choice[]; groups: Choice[] };
}

/** What the filter asks for, each part with a way to take it off. */
function On({ filter, offered, onFilter }: OnProps) {
  const named = (all: Choice[], id?: string) =>
    all.find((one) => one.id === id)?.name ?? "none of those here";
  const words = {
    concept: () => named(offered.concepts, filter.concept),
    by: () => `by ${named(offered.people, filter.by)}`,
    group: () => `group ${named(offered.groups, filter.group)}`,
    from: () => `from ${filter.from}`,
    to: () => `to ${filter.to}`,
  };
  return (
    <ul className="chips" aria-label="Filters that are on">
      {filterNames
        .filter((name) => filter[name] !== undefined)
        .map((name) => (
          <li key={name}>
            <button
              type="button"
              className="chip"
              aria-label={`Take off: ${words[name]()}`}
              onClick={() => onFilter({ ...filter, [name]: undefined })}
            >
              {words[name]()} <span aria-hidden="true">✕</span>
            </button>
          </li>
        ))}
    </ul>
  );
}

interface SelectProps {
  name: string;
  choices: Choice[];
  value: string | undefined;
  onChoose: (id: string | undefined) => void;
}

function Select({ name, choices: offered, value, onChoose }: SelectProps) {
  const known = value === undefined || offered.some((one) => one.id === value);
  return (
    <label>
      <span>{name}</span>
      <select
        className="select"
        value={value ?? ""}
        onChange={(event) => onChoose(event.target.value || undefined)}
      >
        <option value="">Any</option>
        {!known && <option value={value}>None of those here</option>}
        {offered.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name} ({number(one.count)})
          </option>
        ))}
      </select>
    </label>
  );
}

interface DayProps {
  name: string;
  value: string | undefined;
  onChoose: (day: string | undefined) => void;
}

function Day({ name, value, onChoose }: DayProps) {
  return (
    <label>
      <span>{name}</span>
      <input
        type="date"
        className="select"
        value={value ?? ""}
        onChange={(event) => onChoose(event.target.value || undefined)}
      />
    </label>
  );
}
