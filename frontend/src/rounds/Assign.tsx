import { useState } from "react";
import type { Schemas } from "../api/client";
import { DeedDialog } from "../ui/DeedDialog";
import { type Chosen, DocumentsField } from "./DocumentsField";
import { coders } from "./figures";
import { type Given, Grid } from "./Grid";
import { PeopleField } from "./PeopleField";
import type { Round } from "./queries";

interface Props {
  round: Round;
  onClose: () => void;
  /** Fails with what was wrong; what was filled in stays then. */
  onSave: (assignments: Schemas["RoundAssignment"][]) => Promise<unknown>;
}

/** Gives the documents of an open round to other people, and takes in others. */
export function Assign({ round, onClose, onSave }: Props) {
  const [documents, setDocuments] = useState<Chosen[]>(round.documents);
  const [people, setPeople] = useState(() => coders(round).map((coder) => coder.name));
  const [given, setGiven] = useState<Given>(() =>
    Object.fromEntries(round.documents.map((one) => [one.id, one.coders.map((coder) => coder.name)])),
  );
  const assignments = documents
    .map(({ id }) => ({
      document: id,
      coders: (given[id] ?? []).filter((person) => people.includes(person)),
    }))
    .filter((one) => one.coders.length > 0);
  return (
    <DeedDialog
      title="Who codes what"
      button="Save"
      ready={assignments.length > 0}
      act={() => onSave(assignments)}
      wide
      onClose={onClose}
    >
      <PeopleField label="Add somebody who codes" chosen={people} onChange={setPeople} />
      <DocumentsField chosen={documents} onChange={setDocuments} />
      <Grid documents={documents} people={people} given={given} onChange={setGiven} />
      <p className="small muted">
        What somebody has tagged in a document that is taken from them is kept, but does not count.
      </p>
    </DeedDialog>
  );
}
