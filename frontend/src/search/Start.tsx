import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useSession } from "../account/session";
import { answer, asProblem, client } from "../api/client";
import { Chip } from "../ui/Chip";
import { handOn } from "../ui/handOn";
import { ProblemNotice } from "../ui/ProblemNotice";
import { number } from "../ui/words";
import { statusQuery } from "./queries";
import "./search.css";

const examples = [
  { q: '"information security"', says: "exactly this phrase" },
  { q: "child pornography kind:treaty", says: "these words, in treaties" },
  { q: "cyber AND (attack OR operation)", says: "one word with either of two" },
  { q: "sover* year:2010..2015", says: "words that begin alike, from these years" },
  { q: "title:budapest art:9", says: "an article of an agreement" },
  { q: "has:note", says: "passages that someone has written a note on" },
];

/** Where a search begins: what is here and what one can ask. */
export function Start() {
  const { data: status, error, refetch } = useQuery(statusQuery);
  return (
    <main id="main" ref={handOn} className="start" tabIndex={-1}>
      <h1>Find the provision. Keep what you think of it.</h1>
      <p className="muted lead">
        Search international agreements and the commentary on them by words, phrases and fields; read each hit
        in its place; tag it with a concept.
      </p>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {status && (
        <dl className="here">
          <Figure name="documents" value={status.documents} />
          <Figure name="passages" value={status.passages} />
          <Figure name="public annotations" value={status.annotations} />
        </dl>
      )}
      {status && status.indexed < status.mark && (
        <p className="small muted" role="status">
          Search is still reading what was added: {number(status.mark - status.indexed)} changes to go.
        </p>
      )}
      {status?.documents === 0 && <NothingYet />}
      <div className="columns">
        <section aria-labelledby="examples">
          <h2 id="examples">Ask like this</h2>
          <ul className="examples">
            {examples.map(({ q, says }) => (
              <li key={q}>
                <Link to="/search" search={{ q }}>
                  <code>{q}</code>
                </Link>
                <span className="small muted">{says}</span>
              </li>
            ))}
          </ul>
        </section>
        <Concepts />
      </div>
    </main>
  );
}

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt className="small muted">{name}</dt>
      <dd>{number(value)}</dd>
    </div>
  );
}

function NothingYet() {
  const session = useSession();
  return (
    <p className="notice">
      Nothing has been imported yet.{" "}
      {session?.mayImport ? "Drop files on the " : "An editor can add documents in the "}
      <Link to="/library">library</Link>.
    </p>
  );
}

function Concepts() {
  const { data } = useQuery({
    queryKey: ["concepts", "top"],
    queryFn: ({ signal }) => answer(client.GET("/api/concepts", { params: { query: { size: 12 } }, signal })),
  });
  const used = data?.concepts.filter((concept) => concept.used > 0) ?? [];
  if (used.length === 0) return null;
  return (
    <section aria-labelledby="concepts">
      <h2 id="concepts">Or by concept</h2>
      <ul className="concepts">
        {used.map(({ id, label, family, used: times }) => (
          <li key={id}>
            <Link to="/search" search={{ concept: [label] }}>
              <Chip family={family}>{label}</Chip>
            </Link>{" "}
            <span className="tiny muted">{number(times)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
