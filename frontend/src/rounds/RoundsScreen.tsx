import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useSession } from "../account/session";
import { asProblem } from "../api/client";
import { Chip } from "../ui/Chip";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { count, day } from "../ui/words";
import { progress } from "./figures";
import { type Round, roundsQuery } from "./queries";
import { SignInFirst } from "./SignInFirst";
import { Standing } from "./Standing";
import "./rounds.css";

/** The coding rounds in which one takes part. */
export default function RoundsScreen() {
  useTitle("Coding rounds");
  const session = useSession();
  return (
    <main id="main" className="rounds" tabIndex={-1}>
      <div className="bar">
        <h1>Coding rounds</h1>
        <span className="grow" />
        {session?.signedIn && (
          <Link className="btn pri" to="/rounds/new">
            New round
          </Link>
        )}
      </div>
      <p className="muted small">
        Several people tag the same agreements, each without seeing the others' tags. When the round closes,
        their tags are compared, and somebody decides where they disagree.
      </p>
      {session?.signedIn ? <List /> : session && <SignInFirst back="/rounds" />}
    </main>
  );
}

function List() {
  const { data, error, refetch } = useQuery(roundsQuery);
  if (error) return <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />;
  if (!data)
    return (
      <p className="muted" role="status">
        Loading…
      </p>
    );
  if (data.length === 0)
    return (
      <div className="empty">
        <p>You take part in no coding round yet.</p>
        <p className="tiny">Open one, or ask who leads one to give you documents.</p>
      </div>
    );
  return (
    <ul className="list">
      {data.map((round) => (
        <Item key={round.id} round={round} />
      ))}
    </ul>
  );
}

function Item({ round }: { round: Round }) {
  const { assigned, finished } = progress(round);
  const mine = round.documents.flatMap((one) => one.coders).filter((coder) => coder.own);
  const left = mine.filter((coder) => coder.finished === 0).length;
  return (
    <li className="card">
      <h2>
        <Link to="/rounds/$round" params={{ round: round.id }}>
          {round.name}
        </Link>{" "}
        <Standing round={round} />
      </h2>
      <p className="small muted">
        led by {round.leader.name} · opened {day(round.opened)} · {count(round.documents.length, "document")}
      </p>
      <p className="row">
        {round.concepts.slice(0, 6).map((concept) => (
          <Chip key={concept.id} family={concept.family}>
            {concept.label}
          </Chip>
        ))}
        {round.concepts.length > 6 && (
          <span className="small muted">and {count(round.concepts.length - 6, "more", "more")}</span>
        )}
      </p>
      {round.closed === 0 && (
        <p className="small">
          {round.mayAdjudicate && `${finished} of ${assigned} codings finished. `}
          {left > 0 && <b>{count(left, "document")} for you to code.</b>}
          {left === 0 && mine.length > 0 && "You have finished all of yours."}
        </p>
      )}
    </li>
  );
}
