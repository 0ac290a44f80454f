import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useSession } from "../account/session";
import { answer, asProblem, client, type Schemas } from "../api/client";
import { queries } from "../app/queries";
import { Note } from "../reader/note";
import { useStatus } from "../reader/status";
import { Chip } from "../ui/Chip";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { day, moment } from "../ui/words";
import "./trash.css";

/** How long what was deleted can be brought back, in milliseconds. */
const kept = 30 * 24 * 60 * 60 * 1000;

type Event = Schemas["Events"]["events"][number];

/** The annotations that were deleted within 30 days, with the way back for each. */
export default function TrashScreen() {
  useTitle("Deleted annotations");
  const session = useSession();
  const { data, error, refetch } = useQuery({
    queryKey: ["trash"],
    queryFn: ({ signal }) => answer(client.GET("/api/trash", { params: { query: { size: 1000 } }, signal })),
    enabled: session?.signedIn === true,
    staleTime: 0,
  });
  const { say, status } = useStatus();
  const navigate = useNavigate();
  const restore = async ({ annotation }: Event) => {
    try {
      const path = { annotation: annotation.id };
      await answer(client.POST("/api/annotations/{annotation}/restore", { params: { path } }));
    } catch (fault) {
      return say(asProblem(fault).message);
    }
    void queries.invalidateQueries();
    await navigate({
      to: "/read/$document",
      params: { document: annotation.document },
      search: { annotation: annotation.root, version: annotation.version },
    });
  };
  return (
    <main id="main" className="plain stack trash" tabIndex={-1}>
      <h1>Deleted annotations</h1>
      <p className="muted">What was deleted can be brought back for 30 days.</p>
      {session && !session.signedIn && (
        <p>
          <Link to="/signin" search={{ return: "/trash" }}>
            Sign in
          </Link>{" "}
          to see what you deleted.
        </p>
      )}
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {session?.signedIn && !data && !error && (
        <p className="muted" role="status">
          Loading…
        </p>
      )}
      {data?.events.length === 0 && <p className="empty">Nothing was deleted in the last 30 days.</p>}
      <ul className="stack">
        {data?.events.map((event) => (
          <Item key={event.number} event={event} onRestore={() => void restore(event)} />
        ))}
      </ul>
      {status}
    </main>
  );
}

function Item({ event, onRestore }: { event: Event; onRestore: () => void }) {
  const { annotation, title, who, at } = event;
  const where = annotation.pinpoint ? `${title}, ${annotation.pinpoint}` : title;
  const what = annotation.replyTo ? `Reply at ${where}` : where;
  return (
    <li className={`card thrown f${annotation.concepts[0]?.family ?? 7}`}>
      <p className="small">
        {annotation.replyTo && "Reply at "}
        <Link
          to="/read/$document"
          params={{ document: annotation.document }}
          search={{ at: annotation.passage || undefined, version: annotation.version }}
        >
          <b>{where}</b>
        </Link>
        <span className="muted">
          {" "}
          · deleted by {who.name}, {moment(at)} · kept until {day(at + kept)}
        </span>
      </p>
      {annotation.concepts.length > 0 && (
        <p className="row">
          {annotation.concepts.map((concept) => (
            <Chip key={concept.id} family={concept.family}>
              {concept.label}
            </Chip>
          ))}
        </p>
      )}
      {annotation.target.exact && !annotation.replyTo && <q>{annotation.target.exact}</q>}
      {annotation.note && <Note text={annotation.note} />}
      <button
        type="button"
        className="btn"
        aria-label={`Bring back: ${what} ${annotation.concepts.map(({ label }) => label).join(", ")}`}
        onClick={onRestore}
      >
        Bring back
      </button>
    </li>
  );
}
