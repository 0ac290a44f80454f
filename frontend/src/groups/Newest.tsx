import { Link } from "@tanstack/react-router";
import { Chip } from "../ui/Chip";
import { day, sentence } from "../ui/words";
import type { GroupDetail } from "./queries";

/** What was added to a group last. */
export function Newest({ group }: { group: GroupDetail }) {
  return (
    <section className="stack newest" aria-labelledby="newest">
      <h2 id="newest">Newest annotations</h2>
      {group.newest.length === 0 ? (
        <div className="empty">
          <p>Nothing has been annotated in this group yet.</p>
          <p className="small">
            Select words in a document and choose “{group.name}” where it says who can see it.
          </p>
        </div>
      ) : (
        <ol className="rows">
          {group.newest.map((annotation) => (
            <Row key={annotation.id} annotation={annotation} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Row({ annotation }: { annotation: GroupDetail["newest"][number] }) {
  const { id, document, version, passage, pinpoint, concepts, note, creator, created, target } = annotation;
  return (
    <li className="annotation">
      <p>
        <Link
          to="/read/$document"
          params={{ document }}
          search={{ annotation: id, version, at: passage || undefined }}
        >
          {sentence(pinpoint) || "The whole document"}
        </Link>{" "}
        <span className="small muted">of {document}</span>
      </p>
      {target.exact && <q className="small">{shortened(target.exact)}</q>}
      {concepts.length > 0 && (
        <span className="row">
          {concepts.map((concept) => (
            <Chip key={concept.id} family={concept.family}>
              {concept.label}
            </Chip>
          ))}
        </span>
      )}
      {note && <p className="small">{shortened(note)}</p>}
      <p className="tiny muted">
        {creator.name} · {day(created)}
      </p>
    </li>
  );
}

const longest = 200;

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
