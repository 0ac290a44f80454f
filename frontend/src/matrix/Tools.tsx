import { useQuery } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { facetNames } from "../search/facetNames";
import { conceptStatuses, exportAddress, groupings, type MatrixAddress, narrows, values } from "./address";
import { filtersQuery, type Matrix } from "./queries";
import { type MarkVisibility, visibilities } from "./useMarks";

interface Props {
  address: MatrixAddress;
  matrix: Matrix | undefined;
  onChange: (next: MatrixAddress) => void;
  /** Everything that could be under a concept: the columns of the whole codebook. */
  parts: Matrix["concepts"];
  visibility: MarkVisibility;
  onVisibility: (visibility: MarkVisibility) => void;
  signedIn: boolean;
  onShare: () => void;
}

/** What the rows, the columns and the cells are. */
export function Tools(props: Props) {
  const { address, matrix, onShare } = props;
  const unit = address.value ?? "passages";
  return (
    <div className="row noprint matrix-tools">
      <Menu name="rows" label={`Rows: ${address.groupBy ?? (address.sort ? "sorted" : "year")}`}>
        <Rows {...props} />
      </Menu>
      <Menu name="columns" label="Columns">
        <Columns {...props} />
      </Menu>
      <Menu name="value" label={`Value: ${unit}`}>
        <Values {...props} />
      </Menu>
      <Menu name="export" label="Export">
        <ul className="choices">
          <li>
            <a href={exportAddress(address, "csv")} download>
              <b>CSV</b> <span className="small muted">these rows and columns, in this order</span>
            </a>
          </li>
          <li>
            <a href={exportAddress(address, "xlsx")} download>
              <b>Excel</b> <span className="small muted">the same table as a workbook</span>
            </a>
          </li>
          <li>
            <button type="button" onClick={() => print()}>
              <b>Print</b> <span className="small muted">{matrix ? `${matrix.rows.length} rows` : ""}</span>
            </button>
          </li>
        </ul>
      </Menu>
      <button type="button" className="btn" onClick={onShare}>
        Share
      </button>
    </div>
  );
}

function Menu({ name, label, children }: { name: string; label: string; children: ReactNode }) {
  const id = useId();
  return (
    <>
      <button type="button" className={`btn menu-of-${name}`} popoverTarget={id}>
        {label} <span aria-hidden="true">▾</span>
      </button>
      <section id={id} popover="auto" className={`matrix-menu card for-${name}`} aria-label={label}>
        {children}
      </section>
    </>
  );
}

const filters = ["kind", "org", "party"] as const;

function Rows({ address, matrix, onChange }: Props) {
  const { data: facets } = useQuery(filtersQuery);
  const sorted = matrix?.concepts.find((concept) => concept.id === address.sort);
  return (
    <div className="stack">
      <Choice
        label="Sort by"
        value={address.sort ?? "year"}
        options={[
          ["year", "year"],
          ["title", "title"],
          ["total", "total, highest first"],
          ...(matrix?.concepts.map(({ id, label }) => [id, label] as [string, string]) ?? []),
          ...(address.sort && !sorted && !["title", "total"].includes(address.sort)
            ? [[address.sort, "a concept that is not shown"] as [string, string]]
            : []),
        ]}
        onChange={(sort) => onChange({ ...address, sort: sort === "year" ? undefined : sort })}
      />
      <Choice
        label="Group by"
        value={address.groupBy ?? ""}
        options={[["", "nothing"], ...groupings.map((group) => [group, group] as [string, string])]}
        onChange={(group) => onChange({ ...address, groupBy: groupings.find((known) => known === group) })}
      />
      <label className="row small">
        <input
          type="checkbox"
          checked={address.rows === "coded"}
          onChange={(event) => onChange({ ...address, rows: event.target.checked ? "coded" : undefined })}
        />
        Only agreements that are coded
      </label>
      <Words
        label="Only where a search finds something"
        placeholder="A query, e.g. data NEAR/5 transfer"
        value={address.q ?? ""}
        onChange={(q) => onChange({ ...address, q: q || undefined })}
      />
      {filters.map((name) => (
        <Choice
          key={name}
          label={facetNames[name]}
          value={address[name]?.[0] ?? ""}
          options={[
            ["", "all"],
            ...(facets?.find((facet) => facet.name === name)?.values ?? [])
              .map(({ value, label }) => [value, label] as [string, string])
              .sort((a, b) => a[1].localeCompare(b[1])),
          ]}
          onChange={(value) => onChange({ ...address, [name]: value ? [value] : undefined })}
        />
      ))}
      <Words
        label="Years"
        placeholder="2010..2015"
        value={address.year ?? ""}
        onChange={(year) => onChange({ ...address, year: year || undefined })}
      />
      {narrows(address) && (
        <button type="button" className="link small" onClick={() => onChange(unfiltered(address))}>
          All agreements
        </button>
      )}
    </div>
  );
}

/** The address with all rows. */
export function unfiltered(address: MatrixAddress): MatrixAddress {
  const { value, rolled, under, conceptStatus, columns, rows, sort, groupBy, row, column } = address;
  return { value, rolled, under, conceptStatus, columns, rows, sort, groupBy, row, column };
}

function Columns({ address, onChange, parts }: Props) {
  return (
    <div className="stack">
      <fieldset className="stack tight">
        <legend className="small">Narrower concepts</legend>
        <Radio
          name="rolled"
          checked={!address.rolled}
          label="each in its own column; a concept counts what has just that tag"
          onChange={() => onChange({ ...address, rolled: undefined, row: undefined, column: undefined })}
        />
        <Radio
          name="rolled"
          checked={address.rolled === true}
          label="rolled up: they count for the uppermost concept, each passage once"
          onChange={() => onChange({ ...address, rolled: true, row: undefined, column: undefined })}
        />
      </fieldset>
      <Choice
        label="Part of the codebook"
        value={address.under ?? ""}
        options={[
          ["", "all of it"],
          ...parts
            .filter(({ narrower }) => narrower > 0)
            .map(({ id, label }) => [id, label] as [string, string]),
        ]}
        onChange={(under) => onChange({ ...address, under: under || undefined })}
      />
      <Choice
        label="Status"
        value={address.conceptStatus ?? ""}
        options={[["", "any"], ...conceptStatuses.map((status) => [status, status] as [string, string])]}
        onChange={(status) =>
          onChange({ ...address, conceptStatus: conceptStatuses.find((known) => known === status) })
        }
      />
      <label className="row small">
        <input
          type="checkbox"
          checked={address.columns !== "all"}
          onChange={(event) => onChange({ ...address, columns: event.target.checked ? undefined : "all" })}
        />
        Only concepts that are used in these rows
      </label>
    </div>
  );
}

function Values({ address, onChange, visibility, onVisibility, signedIn }: Props) {
  return (
    <div className="stack">
      <fieldset className="stack tight">
        <legend className="small">Cells count</legend>
        <Radio
          name="value"
          checked={!address.value}
          label="passages, however often each is tagged"
          onChange={() => onChange({ ...address, value: undefined })}
        />
        {values.map((value) => (
          <Radio
            key={value}
            name="value"
            checked={address.value === value}
            label={value === "people" ? "people who tagged any" : "annotations"}
            onChange={() => onChange({ ...address, value })}
          />
        ))}
      </fieldset>
      {signedIn && (
        <Choice
          label="What you mark as read, absent is"
          value={visibility}
          options={visibilities.map((one) => [one, one])}
          onChange={(next) => onVisibility(next === "public" ? "public" : "private")}
        />
      )}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: [string, string][];
  onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <label className="choice small">
      {label}
      <select className="select" value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Radio(props: { name: string; label: string; checked: boolean; onChange: () => void }) {
  const { name, label, checked, onChange } = props;
  return (
    <label className="row small">
      <input type="radio" name={name} checked={checked} onChange={onChange} />
      <span className="grow">{label}</span>
    </label>
  );
}

interface WordsProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
}

/** A field whose words count when they are sent. */
function Words({ label, placeholder, value, onChange }: WordsProps) {
  const [typed, setTyped] = useState(value);
  const before = useRef(value);
  useEffect(() => {
    if (before.current !== value) setTyped(value);
    before.current = value;
  }, [value]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange(typed.trim());
  };
  return (
    <form className="choice small" onSubmit={submit}>
      <label>
        {label}
        <input
          className="input"
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => typed.trim() !== value && onChange(typed.trim())}
        />
      </label>
    </form>
  );
}
