import { useState } from "react";
import type { Schemas } from "../api/client";
import { Dialog } from "../ui/Dialog";
import { type Chosen, DocumentsField } from "./DocumentsField";
import { coders, names } from "./figures";
import { type Given, Grid } from "./Grid";
import type { Round } from "./queries";

interface Props {
  round: Round;
  onClose: () => void;
  onSave: (assignments: Schemas["RoundAssignment"][]) => void;
}

/** Gives the documents of an open round to other people, and takes in others. */
export function Assign({ round, onClose, onSave }: Props) {
  const [documents, setDocuments] = useState<Chosen[]>(round.documents);
  const [people, setPeople] = useState(() =>
    coders(round)
      .map((coder) => coder.name)
      .join("\n"),
  );
  const [given, setGiven] = useState<Given>(() =>
    Object.fromEntries(round.documents.map((one) => [one.id, one.coders.map((coder) => coder.name)])),
  );
  const known = names(people);
  const assignments = documents
    .map(({ id }) => ({ document: id, coders: (given[id] ?? []).filter((person) => known.includes(person)) }))
    .filter((one) => one.coders.length > 0);
  return (
    <Dialog title="Who codes what" wide onClose={onClose}>
      <div className="stack">
        <label className="field">
          Names of accounts, one a line
          <textarea
            className="input"
            rows={3}
            value={people}
            onChange={(event) => setPeople(event.target.value)}
          />
        </label>
        <DocumentsField chosen={documents} onChange={setDocuments} />
        <Grid documents={documents} people={known} given={given} onChange={setGiven} />
        <p className="small muted">
          What somebody has tagged in a document that is taken from them is kept, but does not count.
        </p>
        <p className="row">
          <button
            type="button"
            className="btn pri"
            disabled={assignments.length === 0}
            onClick={() => onSave(assignments)}
          >
            Save
          </button>
          <button type="button" className="btn ghost" onClick={onClose}>
            Cancel
          </button>
        </p>
      </div>
    </Dialog>
  );
}
