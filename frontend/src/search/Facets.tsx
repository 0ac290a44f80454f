import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState } from "react";
import { Chip } from "../ui/Chip";
import { number } from "../ui/words";
import { asksNothing, type Manifold, manifold, type SearchAddress, toggled, unfiltered } from "./address";
import { facetNames, labelOf } from "./facetNames";
import type { Facet, FacetValue } from "./queries";
import { VersionFilter } from "./VersionFilter";
import { YearFilter } from "./YearFilter";

/** Values shown of each filter before the rest is asked for, and from how many on the rest can be searched. */
const few = 6;
const many = 15;

const plural: Record<Manifold, string> = {
  concept: "concepts",
  coded: "values",
  by: "people",
  group: "groups",
  kind: "kinds",
  org: "organisations",
  party: "parties",
  region: "regions",
  lang: "languages",
  status: "statuses",
};

interface Props {
  address: SearchAddress;
  facets: Facet[] | undefined;
  /** Where there is no room beside the results: whether the filters are shown in their place. */
  open: boolean;
  onClose: () => void;
}

export function Facets({ address, facets, open, onClose }: Props) {
  const navigate = useNavigate();
  const filtered = !asksNothing({ ...address, q: undefined });
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open) close.current?.focus();
  }, [open]);
  return (
    <aside className={open ? "fac open" : "fac"} aria-label="Filters">
      <div className="bar">
        <h2 className="grow">Filters</h2>
        {filtered && (
          <button
            type="button"
            className="link small"
            onClick={() => void navigate({ to: "/search", search: unfiltered(address) })}
          >
            Clear
          </button>
        )}
        <button ref={close} type="button" className="btn small close-filters" onClick={onClose}>
          Show results
        </button>
      </div>
      <YearFilter address={address} values={facets?.find((facet) => facet.name === "year")?.values ?? []} />
      {manifold.map((name) => (
        <Values key={name} name={name} address={address} facets={facets} />
      ))}
      <VersionFilter address={address} />
    </aside>
  );
}

interface ValuesProps {
  name: Manifold;
  address: SearchAddress;
  facets: Facet[] | undefined;
}

function Values({ name, address, facets }: ValuesProps) {
  const [all, setAll] = useState(false);
  const [text, setText] = useState("");
  const found = facets?.find((facet) => facet.name === name)?.values ?? [];
  const values = withChosen(found, address[name] ?? [], (value) => labelOf(facets, name, value));
  if (values.length === 0) return null;
  const wanted = values.filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()));
  const shown = all ? wanted : firstFew(wanted, address[name] ?? []);
  return (
    <fieldset>
      <legend>
        <h3>{facetNames[name]}</h3>
      </legend>
      {all && values.length > many && (
        <input
          className="input find"
          type="search"
          aria-label={`Find among the ${plural[name]}`}
          placeholder={`Find among ${values.length}`}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <div className={all ? "values all" : "values"}>
        {shown.map((value) => (
          <Value key={value.value} name={name} value={value} address={address} />
        ))}
      </div>
      {values.length > few && (
        <button type="button" className="link tiny" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${number(values.length)} ${plural[name]}…`}
        </button>
      )}
    </fieldset>
  );
}

/** A chosen value stays to be seen, and to be taken off, even where nothing found has it. */
function withChosen(found: FacetValue[], chosen: string[], label: (value: string) => string): FacetValue[] {
  const missing = chosen.filter((value) => !found.some((one) => one.value === value));
  return [...found, ...missing.map((value) => ({ value, label: label(value), passages: 0, documents: 0 }))];
}

function firstFew(values: FacetValue[], chosen: string[]): FacetValue[] {
  const first = values.slice(0, few);
  return [...first, ...values.slice(few).filter(({ value }) => chosen.includes(value))];
}

function Value({ name, value, address }: { name: Manifold; value: FacetValue; address: SearchAddress }) {
  const navigate = useNavigate();
  const id = useId();
  return (
    <div className="value">
      <input
        id={id}
        type="checkbox"
        checked={address[name]?.includes(value.value) ?? false}
        onChange={() => void navigate({ to: "/search", search: toggled(address, name, value.value) })}
      />
      <label htmlFor={id}>
        {name === "concept" ? <Chip family={value.family || 7}>{value.label}</Chip> : value.label}
      </label>
      <span className="n" title={`${value.passages} passages in ${value.documents} documents`}>
        {number(value.passages)}
      </span>
    </div>
  );
}
