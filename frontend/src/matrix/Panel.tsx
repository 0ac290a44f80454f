import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { asProblem } from "../api/client";
import { PinButton } from "../compare/PinButton";
import { mostPins, pinAddress } from "../compare/tray";
import { nameOf } from "../search/facts";
import { Chip } from "../ui/Chip";
import { ProblemNotice } from "../ui/ProblemNotice";
import { count, initials, sentence } from "../ui/words";
import { type CellPassage, cellQuery, type MatrixCell } from "./queries";

interface Props {
  document: string;
  concept: string;
  rolled: boolean;
  say: (text: string) => void;
  onClose: () => void;
}

/** What is behind a cell: the passages that are tagged so, and what is said of the document as a whole. */
export function Panel({ document, concept, rolled, say, onClose }: Props) {
  const { data, error, refetch } = useQuery(cellQuery(document, concept, rolled));
  const heading = useRef<HTMLHeadingElement>(null);
  const arrived = data !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another cell takes the focus too
  useEffect(() => {
    if (arrived) heading.current?.focus();
  }, [arrived, document, concept]);
  return (
    <aside
      className="cell-panel noprint"
      aria-label="Passages of the cell"
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <button type="button" className="btn ghost square close" aria-label="Close" onClick={onClose}>
        ✕
      </button>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {!data && !error && (
        <p className="muted" role="status">
          Reading the passages…
        </p>
      )}
      {data && (
        <>
          <p className="small muted">{nameOf(data.document)} ×</p>
          <h2 ref={heading} tabIndex={-1}>
            <Chip family={data.concept.family}>{data.concept.label}</Chip>
          </h2>
          <Content cell={data} rolled={rolled} say={say} />
        </>
      )}
    </aside>
  );
}

function Content({ cell, rolled, say }: { cell: MatrixCell; rolled: boolean; say: (text: string) => void }) {
  const { passages, people, whole, document } = cell;
  const compared = passages.slice(0, mostPins);
  return (
    <>
      <p className="small muted">
        {count(passages.length, "passage")} · {count(people.length, "person", "people")}
        {rolled && " · narrower concepts included"}
      </p>
      {whole.map((one) => (
        <p key={one.id} className="notice small">
          {one.absent
            ? `${one.creator.name} has read it and found nothing on this.`
            : `${one.creator.name} tagged the document as a whole.`}
          {one.visibility === "private" && " (private)"}
          {one.note && <span className="note"> {one.note}</span>}
        </p>
      ))}
      {passages.length === 0 && whole.length === 0 && (
        <p className="empty small">
          Not coded: nobody whose annotations you may read has tagged anything here.{" "}
          <Link to="/read/$document" params={{ document: document.id }}>
            Read the document
          </Link>{" "}
          or press <kbd className="kbd">x</kbd> in the grid if it has nothing on this.
        </p>
      )}
      <ol className="tagged-passages">
        {passages.map((passage) => (
          <Passage key={`${passage.version} ${passage.provision}`} passage={passage} cell={cell} say={say} />
        ))}
      </ol>
      {passages.length > 1 && (
        <Link className="btn pri" to="/compare" search={{ p: compared.map(pinAddress) }}>
          {passages.length > compared.length
            ? `Compare the first ${compared.length} passages`
            : `Compare these ${passages.length} passages`}
        </Link>
      )}
    </>
  );
}

interface PassageProps {
  passage: CellPassage;
  cell: MatrixCell;
  say: (text: string) => void;
}

function Passage({ passage, cell, say }: PassageProps) {
  const { version, provision, pinpoint, heading, language, tags } = passage;
  const name = [nameOf(cell.document), pinpoint].filter(Boolean).join(", ");
  const people = [...new Set(tags.map((tag) => tag.creator))];
  const quotes = [...new Set(tags.map((tag) => tag.exact.trim()))];
  return (
    <li className={`card tagged f${cell.concept.family}`}>
      <p className="row">
        <b className="small grow">{sentence([pinpoint, heading].filter(Boolean).join(" "))}</b>
        <span className="tiny muted" title={people.join(", ")}>
          {people.map(initials).join(", ")}
        </span>
      </p>
      {quotes.slice(0, 3).map((quote) => (
        <p key={quote} className="quote" lang={language} dir="auto">
          {quote}
        </p>
      ))}
      {quotes.length > 3 && (
        <p className="tiny muted">and {count(quotes.length - 3, "more stretch", "more stretches")}</p>
      )}
      <p className="row tiny">
        <Link
          className="link tiny"
          to="/read/$document"
          params={{ document: cell.document.id }}
          search={{ at: provision, annotation: tags[0]?.id }}
          aria-label={`Open ${pinpoint} in the reader`}
        >
          Open in reader
        </Link>
        <PinButton pin={{ version, provision, name }} say={say} className="link tiny" />
      </p>
    </li>
  );
}
