import { Link } from "@tanstack/react-router";
import { Finished } from "./Finished";
import type { Round } from "./queries";

interface Props {
  round: Round;
  say: (text: string) => void;
}

/** The documents of the round that one codes oneself; nothing where there are none. */
export function Mine({ round, say }: Props) {
  const mine = round.documents.filter((document) => document.coders.some((coder) => coder.own));
  if (mine.length === 0) return null;
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">Your documents</h2>
      <ul className="mine">
        {mine.map((document) => {
          const finished = document.coders.some((coder) => coder.own && coder.finished > 0);
          return (
            <li key={document.id} className="card">
              <Link
                className="grow"
                to="/read/$document"
                params={{ document: document.id }}
                search={{ version: document.version, round: round.closed === 0 ? round.id : undefined }}
              >
                {document.title}
              </Link>
              {round.closed === 0 ? (
                <Finished round={round.id} document={document} say={say} />
              ) : (
                <span className="small muted">{finished ? "finished" : "not finished: does not count"}</span>
              )}
            </li>
          );
        })}
      </ul>
      {round.closed === 0 && (
        <p className="small muted">
          Nobody else sees what you tag until the round closes. What you have not tagged in a finished
          document counts as not there; a document that is not finished does not count.
        </p>
      )}
    </section>
  );
}
