import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { DocumentField } from "./DocumentField";
import {
  differing,
  type Field,
  inLine,
  kinds,
  merged,
  names,
  pick,
  statuses,
  type Values,
  valuesOf,
} from "./fields";
import { PartiesField } from "./PartiesField";
import { type Metadata, metadataQuery, stale } from "./queries";

/** What is known of a document, to be changed. */
export function MetadataForm({ metadata }: { metadata: Metadata }) {
  const cache = useQueryClient();
  const { id } = metadata.document;
  const [read, setRead] = useState(metadata);
  const [values, setValues] = useState(() => valuesOf(metadata.document));
  const [contested, setContested] = useState<Field[]>([]);
  const [told, setTold] = useState("");
  const before = valuesOf(read.document);
  const changed = differing(values, before);
  const begin = (now: Metadata, typed: Values, open: Field[] = []) => {
    setRead(now);
    setValues(typed);
    setContested(open);
  };
  // What others have written meanwhile comes in beside what is typed.
  useEffect(() => {
    if (metadata.number <= read.number) return;
    const both = merged(values, valuesOf(read.document), valuesOf(metadata.document));
    setRead(metadata);
    setValues(both.values);
    setContested(both.contested);
  }, [metadata, read, values]);
  const save = useMutation({
    mutationFn: () =>
      answer(
        client.PATCH("/api/documents/{document}", {
          params: { path: { document: id } },
          body: { number: read.number, ...pick(values, changed) },
        }),
      ),
    onMutate: () => setTold(""),
    onSuccess: (now) => {
      begin(now, valuesOf(now.document));
      setTold("Saved.");
      cache.setQueryData(metadataQuery(id).queryKey, now);
      return Promise.all(stale.slice(1).map((queryKey) => cache.invalidateQueries({ queryKey })));
    },
    onError: (error) => {
      if (asProblem(error).status !== 409) return;
      return Promise.all(stale.slice(0, 2).map((queryKey) => cache.invalidateQueries({ queryKey })));
    },
  });
  const set = <F extends Field>(field: F, value: Values[F]) =>
    setValues((typed) => ({ ...typed, [field]: value }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const line = (field: TextField, hint?: string) => (
    <Text key={field} field={field} value={values[field]} hint={hint} onChange={(value) => set(field, value)}>
      {theirs(field)}
    </Text>
  );
  const theirs = (field: Field) =>
    contested.includes(field) && (
      <Theirs
        now={before[field]}
        onTake={() =>
          begin(
            read,
            { ...values, [field]: before[field] },
            contested.filter((other) => other !== field),
          )
        }
      />
    );
  return (
    <form className="metadata stack" aria-label="What is known of it" onSubmit={submit}>
      {save.error && <ProblemNotice problem={asProblem(save.error)} />}
      <div className="grid">
        {line("title")}
        {line("shortTitle")}
        <label className="field wide">
          {names.aliases}
          <textarea
            className="input"
            rows={Math.min(Math.max(values.aliases.length + 1, 2), 8)}
            value={values.aliases.join("\n")}
            onChange={(event) =>
              set("aliases", event.target.value === "" ? [] : event.target.value.split("\n"))
            }
          />
          <span className="tiny muted">One a line: names it is cited by, such as ETS 185</span>
          {theirs("aliases")}
        </label>
        <label className="field">
          {names.kind}
          <select
            className="select"
            value={values.kind}
            onChange={(event) => set("kind", event.target.value)}
          >
            {kinds.map((kind) => (
              <option key={kind}>{kind}</option>
            ))}
          </select>
          {theirs("kind")}
        </label>
        {line("organisation")}
        {line("region")}
        <div className="wide">
          <PartiesField
            value={values.parties}
            known={read.parties}
            onChange={(value) => set("parties", value)}
          />
          {theirs("parties")}
        </div>
        {(["adopted", "signed", "inForce", "ended"] as const).map((field) =>
          line(field, "2001, 2001-11 or 2001-11-23"),
        )}
        <label className="field">
          {names.status}
          <input
            className="input"
            list="statuses"
            value={values.status}
            onChange={(event) => set("status", event.target.value)}
          />
          <datalist id="statuses">
            {statuses.map((status) => (
              <option key={status} value={status} />
            ))}
          </datalist>
          <span className="tiny muted">In force, signed, superseded, ended; left empty, the dates tell</span>
          {theirs("status")}
        </label>
        <div>
          <DocumentField
            label={names.supersededBy}
            own={id}
            value={values.supersededBy}
            onChange={(value) => set("supersededBy", value)}
          />
          {theirs("supersededBy")}
        </div>
        {line("remarks")}
        <div>
          <DocumentField
            label={names.about}
            own={id}
            value={values.about}
            onChange={(value) => set("about", value)}
          />
          {theirs("about")}
        </div>
        {line("address")}
        {line("licence")}
      </div>
      <div className="bar row">
        <button type="submit" className="btn pri" disabled={changed.length === 0 || save.isPending}>
          Save
        </button>
        <button
          type="button"
          className="btn ghost"
          disabled={changed.length === 0 || save.isPending}
          onClick={() => begin(read, before)}
        >
          Undo what I typed
        </button>
        <p className="small muted" role="status">
          {told ||
            (changed.length > 0 &&
              `Not saved: ${changed.map((field) => names[field].toLowerCase()).join(", ")}`)}
        </p>
      </div>
    </form>
  );
}

type TextField = Exclude<Field, "aliases" | "parties">;

interface TextProps {
  field: TextField;
  value: string;
  hint?: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

const wide: Field[] = ["title", "remarks", "address"];

function Text({ field, value, hint, onChange, children }: TextProps) {
  return (
    <label className={wide.includes(field) ? "field wide" : "field"}>
      {names[field]}
      <input
        className="input"
        required={field === "title"}
        value={value}
        placeholder={hint}
        inputMode={field === "address" ? "url" : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {children}
    </label>
  );
}

/** What somebody else has written meanwhile in a field in which something else is typed. */
function Theirs({ now, onTake }: { now: string | string[]; onTake: () => void }) {
  return (
    <span className="theirs small">
      Somebody else wrote: <b>{inLine(now)}</b>{" "}
      <button type="button" className="link" onClick={onTake}>
        Use that
      </button>
    </span>
  );
}
