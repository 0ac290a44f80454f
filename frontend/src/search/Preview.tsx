import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { asProblem, type Schemas } from "../api/client";
import { PinButton } from "../compare/PinButton";
import { Note } from "../reader/note";
import { Chip } from "../ui/Chip";
import { Marked } from "../ui/Marked";
import { ProblemNotice } from "../ui/ProblemNotice";
import { Standing } from "../ui/Standing";
import { useDebounced } from "../ui/useDebounced";
import { count, sentence } from "../ui/words";
import { type Asked, inReader } from "./address";
import { nameOf } from "./facts";
import { type DocumentSummary, type Hit, passageQuery } from "./queries";
import { pinOf } from "./useHits";
import { useWhy } from "./useWhy";
import { Older, versionOf } from "./version";

interface Props {
  hit: Hit;
  document: DocumentSummary;
  /** What was looked for. */
  address: Asked;
  /** Tells what became of a pin. */
  say: (text: string) => void;
}

/** The passage of a hit, whole, with every match marked. */
export function Preview({ hit, document, address, say }: Props) {
  // Whoever steps through the hits quickly does not want each one fetched.
  const still = useDebounced(hit, 120);
  const { data, error, refetch } = useQuery(passageQuery(still.version, still.provision, address));
  const why = useWhy(address, still);
  const title = sentence([hit.pinpoint, hit.heading].filter(Boolean).join(" "));
  return (
    <aside className="peek" aria-label="Preview">
      <div className="bar">
        <span className="path grow">
          Preview{" "}
          <span className="kbd" aria-hidden="true">
            space
          </span>
        </span>
        <Link
          className="btn"
          to="/read/$document"
          params={{ document: document.id }}
          search={{
            ...inReader(address),
            at: hit.cited,
            version: versionOf(document, hit),
          }}
        >
          Open
          <span className="kbd" aria-hidden="true">
            ↵
          </span>
        </Link>
      </div>
      <h2>{title || nameOf(document)}</h2>
      <p className="about small muted">
        <Standing document={document} />{" "}
        {[nameOf(document), ...hit.path.map((crumb) => crumb.label)].join(" · ")}
        {data && ` · ${count(data.end - data.start, "character")}`}
      </p>
      {hit.superseded && (
        <p className="about">
          <Older superseded />
        </p>
      )}
      {document.digest && (
        <p className="about">
          <span className="digest">Digest – our summary, not the official text</span>
        </p>
      )}
      {error ? (
        <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />
      ) : data ? (
        <PassageText passage={data} />
      ) : (
        <div className="stack" aria-hidden="true">
          <div className="bone b-line" />
          <div className="bone b-line" />
          <div className="bone b-line short" />
        </div>
      )}
      {data && <Notes annotations={data.annotations} hit={hit} />}
      <div className="bar foot">
        <CopyCitation text={citation(hit, document)} />
        <PinButton pin={pinOf({ hit, document })} say={say} className="btn" />
        <span className="grow" />
        {why.button}
      </div>
      {why.answer}
    </aside>
  );
}

function PassageText({ passage }: { passage: Schemas["PassageDetail"] }) {
  const points = [...passage.text];
  return (
    <div className="passage" lang={passage.language}>
      {passage.blocks
        .filter((block) => !block.heading)
        .map((block) => (
          <p key={block.start} className={`l${Math.min(block.indent ?? 0, 4)}`}>
            <Marked
              text={points.slice(block.start - passage.start, block.end - passage.start).join("")}
              start={block.start}
              spans={passage.spans}
            />
          </p>
        ))}
    </div>
  );
}

function Notes({ annotations, hit }: { annotations: Schemas["Annotation"][]; hit: Hit }) {
  if (annotations.length === 0) return null;
  const found = (id: string) => hit.annotations.find((one) => one.id === id)?.excerpt?.spans ?? [];
  return (
    <section className="notes" aria-label="Annotations">
      {annotations.map(({ id, concepts, note, creator }) => (
        <div key={id} className={`card note f${concepts[0]?.family ?? 7}`}>
          <p className="meta">
            {concepts.map((concept) => (
              <Chip key={concept.id} family={concept.family}>
                {concept.label}
              </Chip>
            ))}
            <span className="tiny muted by">{creator.name}</span>
          </p>
          {note && (
            <div className="small">
              <Note text={note} spans={found(id)} />
            </div>
          )}
        </div>
      ))}
    </section>
  );
}

function citation(hit: Hit, document: DocumentSummary): string {
  const year = document.year ? ` (${document.year})` : "";
  return [`${document.title}${year}`, hit.citedPinpoint || hit.pinpoint].filter(Boolean).join(", ");
}

function CopyCitation({ text }: { text: string }) {
  const [told, setTold] = useState("");
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setTold("Copied"),
      () => setTold(text),
    );
  return (
    <>
      <button type="button" className="btn" title={text} onClick={() => void copy()}>
        Copy citation
      </button>
      <span className="small muted" role="status">
        {told}
      </span>
    </>
  );
}
