import { type RefObject, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { Card, type CardActions } from "./Card";
import { Note } from "./note";
import type { Mark } from "./outline";
import type { Thread } from "./threads";

interface LostProps {
  lost: Thread[];
  active: string | null;
  actions: RefObject<CardActions>;
}

/** The annotations of earlier versions whose words are not in this one. */
export function Lost({ lost, active, actions }: LostProps) {
  if (lost.length === 0) return null;
  return (
    <section className="lost noprint" id="lost" aria-labelledby="lost-title" tabIndex={-1}>
      <h2 id="lost-title">Without a place in this version</h2>
      <p className="small muted">
        These annotations were made on an earlier version; their words are gone from this one.
      </p>
      {lost.map((thread) => (
        <Card key={thread.id} thread={thread} active={thread.id === active} lost actions={actions} />
      ))}
    </section>
  );
}

/** On paper the annotations follow the text as numbered notes. */
export function Endnotes({ marks }: { marks: Mark[] }) {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  if (!printing || marks.length === 0) return null;
  return (
    <section className="endnotes">
      <h2>Annotations</h2>
      <ol>
        {marks
          .filter(({ nth }) => nth === 0)
          .map(({ annotation }) => (
            <li key={annotation.id}>
              <b>{annotation.pinpoint}</b> <q>{annotation.placement.target.exact}</q>{" "}
              {annotation.concepts.map((concept) => concept.label).join("; ")} ({annotation.creator.name})
              <Note text={annotation.note} />
            </li>
          ))}
      </ol>
    </section>
  );
}
