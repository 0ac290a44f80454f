import type { ReactNode, RefObject } from "react";
import { Card, type CardActions } from "./Card";
import type { Draft } from "./Composer";
import { threadOf } from "./Composer";
import type { Thread } from "./threads";

interface Props {
  notes: Thread[];
  active: string | null;
  draft: Draft | null;
  actions: RefObject<CardActions>;
  writing: ReactNode;
  onNote: () => void;
  onAbsent: () => void;
}

/** What is said about the document as a whole, at the head of its text. */
export function DocumentNotes({ notes, active, draft, actions, writing, onNote, onAbsent }: Props) {
  const answered = threadOf(draft);
  const here = draft?.whole === true || notes.some(({ id }) => id === draft?.editing?.id);
  return (
    <section className="notes noprint" aria-label="Notes on the document">
      {notes.map((thread) =>
        thread.id === draft?.editing?.id ? null : (
          <Card
            key={thread.id}
            thread={thread}
            active={thread.id === active}
            actions={actions}
            writing={thread.id === answered ? writing : undefined}
          />
        ),
      )}
      {here ? (
        writing
      ) : (
        <p className="offers">
          <button type="button" className="link small" onClick={onNote}>
            Note on the whole document
          </button>
          <button type="button" className="link small" onClick={onAbsent}>
            Nothing here on a concept
          </button>
        </p>
      )}
    </section>
  );
}
