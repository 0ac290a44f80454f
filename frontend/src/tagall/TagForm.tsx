import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { useSession } from "../account/session";
import { asProblem, type Schemas } from "../api/client";
import { AudienceSelect } from "../groups/AudienceSelect";
import type { Audience } from "../groups/audience";
import { proposeConcept } from "../reader/data";
import { Picker } from "../reader/Picker";
import { inReader, type SearchAddress } from "../search/address";
import { ProblemNotice } from "../ui/ProblemNotice";
import { count, number } from "../ui/words";
import { keyOf, type Stretch, stretches, type Tagging, tagAll, taggingQuery } from "./data";
import { TagList } from "./TagList";
import "../reader/margin.css";

interface Props {
  address: SearchAddress;
  onCancel: () => void;
  onDone: (tagged: Schemas["TaggedAll"]) => void;
}

const named: Record<Stretch, string> = {
  words: "the matched words",
  sentence: "the sentence",
  paragraph: "the paragraph",
  passage: "the whole passage",
};

/** What is tagged, with what, and which hits are left out. */
export function TagForm({ address, onCancel, onDone }: Props) {
  const [stretch, setStretch] = useState<Stretch>("passage");
  const [concepts, setConcepts] = useState<Schemas["ConceptRef"][]>([]);
  const [note, setNote] = useState("");
  const session = useSession();
  const [audience, setAudience] = useState<Audience>(session?.defaults ?? { visibility: "private" });
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState("");
  const picker = useRef<HTMLInputElement>(null);
  const found = useQuery(taggingQuery(address, stretch));
  const total = useMemo(
    () => found.data?.groups.reduce((sum, group) => sum + group.hits.length, 0) ?? 0,
    [found.data],
  );
  const wanted = total - left.size;
  const tag = useMutation({
    mutationFn: (data: Tagging) =>
      tagAll({
        search: inReader(address).q?.slice(0, 500) ?? "",
        concepts: concepts.map(({ id }) => id),
        note: note.trim(),
        ...audience,
        hits: data.groups
          .flatMap((group) => group.hits)
          .filter((hit) => !left.has(keyOf(hit)))
          .map(({ version, stretches }) => ({ version, stretches })),
      }),
    onSuccess: onDone,
  });
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    const typed = picker.current?.value.trim();
    if (typed) return setProblem(`“${typed}” is not chosen yet: choose it with Enter, or clear it.`);
    if (concepts.length === 0) return setProblem("Choose a concept to tag the hits with.");
    if (!found.data || wanted === 0) return setProblem("There is no hit left to tag.");
    tag.mutate(found.data);
  };
  return (
    <form className="tagall stack" onSubmit={submit}>
      <Picker
        chosen={concepts}
        onChoose={(chosen) => {
          setConcepts(chosen);
          setProblem("");
        }}
        propose={async (label) => {
          const concept = await proposeConcept(label);
          setConcepts((before) => [...before.filter(({ id }) => id !== concept.id), concept]);
        }}
        onDone={() => undefined}
        input={picker}
      />
      <textarea
        className="input"
        aria-label="Note"
        placeholder="Note on each of them (Markdown)"
        rows={1}
        maxLength={50000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className="row">
        <label className="small">
          Tag{" "}
          <select
            className="select"
            aria-label="What of each hit is tagged"
            value={stretch}
            onChange={(event) => setStretch(event.target.value as Stretch)}
          >
            {stretches.map((one) => (
              <option key={one} value={one}>
                {named[one]}
              </option>
            ))}
          </select>
        </label>
        <span className="small">
          Who can see it <AudienceSelect label="Who can see it" value={audience} onChange={setAudience} />
        </span>
      </div>
      {found.error && <ProblemNotice problem={asProblem(found.error)} again={() => void found.refetch()} />}
      {tag.error && <ProblemNotice problem={asProblem(tag.error)} />}
      {found.isLoading && (
        <p className="muted" role="status">
          Looking up every hit…
        </p>
      )}
      {found.data && (
        <>
          <p role="status" className="small tally">
            {number(wanted)} of {count(found.data.passages, "hit")} will be tagged
            {left.size > 0 && `, ${number(left.size)} left out`}.
            {found.data.passages > total &&
              ` Only the first ${number(found.data.most)} can be tagged at once: ${number(found.data.passages - total)} are beyond; narrow the search for them.`}
          </p>
          <TagList groups={found.data.groups} total={total} left={left} onLeft={setLeft} />
        </>
      )}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {tag.isPending && <progress aria-label={`Tagging ${count(wanted, "hit")}`} />}
      <p className="row foot">
        <button type="submit" className="btn pri" disabled={tag.isPending || !found.data}>
          {tag.isPending ? `Tagging ${count(wanted, "hit")}…` : `Tag ${count(wanted, "hit")}`}
        </button>
        <button type="button" className="btn ghost" onClick={onCancel}>
          Cancel
        </button>
      </p>
    </form>
  );
}
