import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { answer, asProblem, client, type Schemas } from "../api/client";
import { DeedDialog } from "../ui/DeedDialog";
import { Dialog } from "../ui/Dialog";
import { ProblemNotice } from "../ui/ProblemNotice";
import { count } from "../ui/words";
import { BroaderSelect } from "./BroaderSelect";
import { type Concept, conceptQuery, usesQuery } from "./queries";

interface Props {
  concept: Concept;
  concepts: Concept[];
  onClose: () => void;
  onDone: (text: string, operation: string, concept: string) => void;
}

const at = (concept: Concept) => ({ params: { path: { concept: concept.id } } });

export function MoveDialog({ concept, concepts, onClose, onDone }: Props) {
  const [broader, setBroader] = useState(concept.broader);
  const act = async () => {
    const moved = await answer(
      client.PATCH("/api/concepts/{concept}", { ...at(concept), body: { broader } }),
    );
    onDone(`Moved: ${moved.label}`, moved.operation, moved.id);
  };
  return (
    <DeedDialog
      title={`Move ${concept.label}`}
      button="Move"
      ready={broader !== concept.broader}
      {...{ act, onClose }}
    >
      <BroaderSelect
        label="To below"
        concepts={concepts}
        not={concept.id}
        value={broader}
        onChange={setBroader}
      />
      <p className="small muted">What is below it moves with it. It takes the colour of its new place.</p>
    </DeedDialog>
  );
}

export function MergeDialog(props: Props & { onDeprecate: () => void }) {
  const { concept, concepts, onClose, onDone, onDeprecate } = props;
  const [into, setInto] = useState("");
  const { data } = useQuery(conceptQuery(concept.id));
  const other = concepts.find(({ id }) => id === into);
  const act = async () => {
    const done = await answer(
      client.POST("/api/concepts/{concept}/merge", { ...at(concept), body: { into } }),
    );
    onDone(
      `Merged: ${concept.label} into ${done.label}, ${count(done.annotations ?? 0, "annotation")} changed`,
      done.operation,
      done.id,
    );
  };
  const others = concepts.filter(({ id, status }) => id !== concept.id && status !== "deprecated");
  if (data && !data.mergeable)
    return <Coded concept={concept} rounds={data.rounds} onClose={onClose} onDeprecate={onDeprecate} />;
  return (
    <DeedDialog
      title={`Merge ${concept.label}`}
      button="Merge"
      ready={into !== "" && data !== undefined}
      {...{ act, onClose }}
    >
      <BroaderSelect label="Into" concepts={others} value={into} onChange={setInto} none="Choose a concept" />
      <p role="status">
        {data &&
          `${count(data.used, "annotation")} in ${count(data.documents, "document")} that you may read ${
            data.used === 1 ? "has" : "have"
          } it${other ? ` and will have “${other.label}”` : ""}.`}
      </p>
      <p className="small muted">
        What others keep private changes too: the codebook is common. “{concept.label}” becomes another name
        of the other, and what is below it moves. One undo takes all of it back.
      </p>
    </DeedDialog>
  );
}

interface CodedProps {
  concept: Concept;
  /** Those in which the asker takes part. */
  rounds: Schemas["ConceptDetail"]["rounds"];
  onClose: () => void;
  onDeprecate: () => void;
}

/** What stands in the way of a merger, and what can be done in its place. */
function Coded({ concept, rounds, onClose, onDeprecate }: CodedProps) {
  return (
    <Dialog title={`Merge ${concept.label}`} onClose={onClose}>
      <div className="stack">
        <p>
          “{concept.label}” cannot be merged: it was tagged in a coding round that is closed, and what was
          coded there stays as it is, with its figures.
        </p>
        {rounds.length > 0 && (
          <ul className="codebook-rounds">
            {rounds.map(({ id, name }) => (
              <li key={id}>
                <Link to="/rounds/$round" params={{ round: id }}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        )}
        <p>
          Deprecate it and name the concept to use in its place: nothing more is tagged with it, and what has
          it keeps it. Or whoever leads the round opens it again, as long as nothing was decided in it.
        </p>
        <p className="row">
          <button type="button" className="btn pri" onClick={onDeprecate}>
            Deprecate it
          </button>
          <button type="button" className="btn ghost" onClick={onClose}>
            Cancel
          </button>
        </p>
      </div>
    </Dialog>
  );
}

export function DeprecateDialog({ concept, concepts, onClose, onDone }: Props) {
  const [replaced, setReplaced] = useState("");
  const act = async () => {
    const body = { status: "deprecated" as const, replaced };
    const done = await answer(client.PATCH("/api/concepts/{concept}", { ...at(concept), body }));
    onDone(`Deprecated: ${done.label}`, done.operation, done.id);
  };
  const others = concepts.filter(({ id }) => id !== concept.id);
  return (
    <DeedDialog title={`Deprecate ${concept.label}`} button="Deprecate" {...{ act, onClose }}>
      <p className="small">
        It stays on its annotations and says so there; nothing more is offered to be tagged with it.
      </p>
      <BroaderSelect
        label="Use in its place"
        concepts={others}
        value={replaced}
        onChange={setReplaced}
        none="Nothing in particular"
      />
    </DeedDialog>
  );
}

/** How many annotations a split offers at once. */
const offered = 500;

export function SplitDialog({ concept, onClose, onDone }: Props) {
  const [label, setLabel] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { data, error } = useQuery(usesQuery(concept.id, offered, true));
  const act = async () => {
    const body = { concept: { label }, annotations: [...chosen] };
    const done = await answer(client.POST("/api/concepts/{concept}/split", { ...at(concept), body }));
    onDone(
      `Split off: ${done.label}, with ${count(done.annotations ?? 0, "annotation")}`,
      done.operation,
      done.id,
    );
  };
  const turn = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <DeedDialog
      title={`Split ${concept.label}`}
      button="Split"
      ready={label.trim() !== "" && chosen.size > 0}
      wide
      {...{ act, onClose }}
    >
      <label className="field">
        Label of the new concept
        <input
          className="input"
          maxLength={200}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
      </label>
      {error && <ProblemNotice problem={asProblem(error)} />}
      <fieldset className="codebook-split">
        <legend>
          Annotations that it is to have: {chosen.size} of {data?.total ?? "…"} that you may change
        </legend>
        {data?.annotations.length === 0 && <p className="empty">You have no annotation with it.</p>}
        {data?.annotations.map((use) => (
          <label key={use.id} className="small">
            <input type="checkbox" checked={chosen.has(use.id)} onChange={() => turn(use.id)} />
            <span>
              <b>
                {use.title}
                {use.pinpoint && `, ${use.pinpoint}`}
              </b>{" "}
              “{use.exact}” <span className="muted">{use.note}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </DeedDialog>
  );
}
