import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { answer, asProblem, client, type Schemas } from "../api/client";
import { Chip } from "../ui/Chip";
import { ProblemNotice } from "../ui/ProblemNotice";
import { count, day } from "../ui/words";
import { type Concept, type ConceptUse, conceptHistoryQuery, conceptQuery, usesQuery } from "./queries";

export type Deed = "edit" | "move" | "merge" | "split" | "deprecate" | "below";

interface Props {
  id: string;
  concepts: Concept[];
  signedIn: boolean;
  onChoose: (id: string) => void;
  onDeed: (deed: Deed) => void;
  did: (text: string, operation: string) => void;
}

const usesShown = 5;

/** A concept: what it means, where it is used, what was done to it, and what may be done. */
export function Detail({ id, concepts, signedIn, onChoose, onDeed, did }: Props) {
  const { data: concept, error, refetch } = useQuery(conceptQuery(id));
  const write = useMutation({ mutationFn: (act: () => Promise<void>) => act() });
  if (error) return <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />;
  if (!concept) return <p className="muted">Loading…</p>;
  const accept = async () => {
    const done = await answer(
      client.PATCH("/api/concepts/{concept}", {
        params: { path: { concept: id } },
        body: { status: "accepted" },
      }),
    );
    did(`Accepted: ${done.label}`, done.operation);
  };
  const example = async (use: ConceptUse, shows: boolean) => {
    const params = { params: { path: { concept: id, annotation: use.id } } };
    const path = "/api/concepts/{concept}/examples/{annotation}";
    const done = await answer(shows ? client.PUT(path, params) : client.DELETE(path, params));
    did(shows ? "It is an example now" : "It is no example any more", done.operation);
  };
  const named = (one: string) => concepts.find((other) => other.id === one);
  const broader = named(concept.broader);
  const replaced = named(concept.replaced);
  const narrower = concepts.filter((one) => one.broader === id);
  return (
    <article className="codebook-concept stack" aria-labelledby="concept">
      <header className="row">
        <h2 id="concept">
          <Chip family={concept.family}>{concept.label}</Chip>
        </h2>
        {concept.status !== "accepted" && <span className="standing">{concept.status}</span>}
      </header>
      <p className="row noprint">
        {concept.editable && <Act onClick={() => onDeed("edit")}>Edit</Act>}
        {concept.editable && <Act onClick={() => onDeed("move")}>Move</Act>}
        {concept.maintained && <Act onClick={() => onDeed("merge")}>Merge</Act>}
        {signedIn && <Act onClick={() => onDeed("split")}>Split</Act>}
        {concept.maintained && concept.status !== "accepted" && (
          <Act onClick={() => write.mutate(accept)}>Accept</Act>
        )}
        {concept.maintained && concept.status !== "deprecated" && (
          <Act onClick={() => onDeed("deprecate")}>Deprecate</Act>
        )}
        {signedIn && <Act onClick={() => onDeed("below")}>New below it</Act>}
      </p>
      {write.error && <ProblemNotice problem={asProblem(write.error)} />}
      {replaced && (
        <p className="notice">
          Use <Go concept={replaced} onChoose={onChoose} /> in its place.
        </p>
      )}
      <dl>
        <Said term="Definition" text={concept.definition} />
        <Said term="Include" text={concept.include} />
        <Said term="Exclude" text={concept.exclude} />
        <Said term="Other names" text={concept.aliases.join(", ")} />
        {broader && (
          <div>
            <dt>Below</dt>
            <dd>
              <Go concept={broader} onChoose={onChoose} />
            </dd>
          </div>
        )}
        {narrower.length > 0 && (
          <div>
            <dt>Above</dt>
            <dd className="row">
              {narrower.map((one) => (
                <Go key={one.id} concept={one} onChoose={onChoose} />
              ))}
            </dd>
          </div>
        )}
      </dl>
      {concept.passages.length > 0 && (
        <section aria-labelledby="examples">
          <h3 id="examples">Examples</h3>
          <Uses uses={concept.passages}>
            {(use) =>
              concept.editable && (
                <Act onClick={() => write.mutate(() => example(use, false))}>Not an example</Act>
              )
            }
          </Uses>
        </section>
      )}
      <section aria-labelledby="uses">
        <h3 id="uses">Passages tagged with it</h3>
        <p className="small">
          {count(concept.used, "annotation")} in {count(concept.documents, "document")} that you may read ·{" "}
          <Link to="/search" search={{ q: `concept:"${concept.label}"` }}>
            {narrower.length > 0 ? "search for it and what is below it" : "search for it"}
          </Link>
          {narrower.length > 0 && (
            <>
              {" · "}
              <Link to="/search" search={{ concept: [concept.label] }}>
                for it alone
              </Link>
            </>
          )}
          {" · "}
          <Link to="/suggestions/$concept" params={{ concept: id }}>
            suggestions
          </Link>
        </p>
        <FirstUses concept={concept} add={(use) => write.mutate(() => example(use, true))} />
      </section>
      <section aria-labelledby="done">
        <h3 id="done">History</h3>
        <Events id={id} />
      </section>
    </article>
  );
}

function Act({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="btn" onClick={onClick}>
      {children}
    </button>
  );
}

function Said({ term, text }: { term: string; text: string }) {
  if (!text) return null;
  return (
    <div>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </div>
  );
}

function Go({ concept, onChoose }: { concept: Concept; onChoose: (id: string) => void }) {
  return (
    <button type="button" className={`chip f${concept.family}`} onClick={() => onChoose(concept.id)}>
      {concept.label}
    </button>
  );
}

function FirstUses({ concept, add }: { concept: Schemas["ConceptDetail"]; add: (use: ConceptUse) => void }) {
  const { data } = useQuery(usesQuery(concept.id, usesShown));
  if (!data || data.annotations.length === 0) return null;
  return (
    <Uses uses={data.annotations}>
      {(use) =>
        concept.editable &&
        !concept.examples.includes(use.id) && <Act onClick={() => add(use)}>Make it an example</Act>
      }
    </Uses>
  );
}

function Uses({ uses, children }: { uses: ConceptUse[]; children: (use: ConceptUse) => ReactNode }) {
  return (
    <ul className="codebook-uses">
      {uses.map((use) => (
        <li key={use.id}>
          <p className="small">
            <Link
              to="/read/$document"
              params={{ document: use.document }}
              search={{ annotation: use.id, version: use.version }}
            >
              {use.title}
              {use.pinpoint && `, ${use.pinpoint}`}
            </Link>{" "}
            <span className="muted">{use.creator}</span>
          </p>
          {use.exact && <blockquote>{use.exact}</blockquote>}
          {children(use)}
        </li>
      ))}
    </ul>
  );
}

const deeds: Record<Schemas["ConceptEvent"]["deed"], string> = {
  create: "Added",
  change: "Changed",
  merge: "Merged",
  split: "Split",
  undo: "Undone",
  redo: "Done again",
};

function Events({ id }: { id: string }) {
  const { data, error } = useQuery(conceptHistoryQuery(id));
  if (error) return <ProblemNotice problem={asProblem(error)} />;
  if (!data) return <p className="muted">Loading…</p>;
  if (data.events.length === 0) return <p className="small muted">As the starter codebook has it.</p>;
  return (
    <ol className="codebook-events small">
      {data.events.map((event) => (
        <li key={event.revision}>
          {deeds[event.deed]} by {event.who.name} <span className="muted">on {day(event.at)}</span>
          <ul>
            {event.changes.map(({ field, from, to }) => (
              <li key={field}>
                {field}: {from.length > 0 && <del>{from.join(", ")}</del>} <ins>{to.join(", ")}</ins>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
