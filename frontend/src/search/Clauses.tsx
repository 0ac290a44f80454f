import { Link } from "@tanstack/react-router";
import { count } from "../ui/words";
import type { Result } from "./queries";

/** What each clause of a query finds alone, those that find nothing set off. */
export function Clauses({ clauses }: { clauses: Result["clauses"] }) {
  return (
    <ul className="clauses" aria-label="What each clause finds alone">
      {clauses.map(({ clause, passages }) => (
        <li key={clause} className={passages === 0 ? "guilty" : undefined}>
          <Link to="/search" search={{ q: clause }}>
            <code>{clause}</code>
          </Link>{" "}
          <span>{passages === 0 ? "nothing" : count(passages, "passage")}</span>
        </li>
      ))}
    </ul>
  );
}

/** Which clauses are to blame that nothing has all of them. */
export function Blame({ clauses }: { clauses: Result["clauses"] }) {
  const guilty = clauses.filter(({ passages }) => passages === 0);
  const [first] = guilty;
  if (first && guilty.length === 1 && clauses.length > 1) {
    return (
      <p>
        <code>{first.clause}</code> alone finds nothing, so the whole query cannot.
      </p>
    );
  }
  if (guilty.length > 1) return <p>{guilty.length} of the clauses find nothing, even alone.</p>;
  if (clauses.length > 1) return <p>Each clause finds something alone, but no passage has them all.</p>;
  return <p>Nothing here has what the query asks for.</p>;
}
