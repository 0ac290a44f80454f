import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSession } from "../account/session";
import { asProblem } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { type Round, roundQuery } from "./queries";
import { SignInFirst } from "./SignInFirst";
import { Standing } from "./Standing";
import "./rounds.css";

export const routes = {
  round: getRouteApi("/rounds/$round"),
  agreement: getRouteApi("/rounds/$round/agreement"),
  disagreements: getRouteApi("/rounds/$round/disagreements"),
};

interface Props {
  round: string;
  title: string;
  wide?: boolean;
  children: (round: Round) => ReactNode;
}

/** A page of one round: its name, the way to its other pages, and what is on this one. */
export function Screen({ round: id, title, wide, children }: Props) {
  const session = useSession();
  const {
    data: round,
    error,
    refetch,
  } = useQuery({ ...roundQuery(id), enabled: session?.signedIn === true });
  useTitle(round ? `${title}: ${round.name}` : title);
  return (
    <main id="main" className={wide ? "rounds wide" : "rounds"} tabIndex={-1}>
      {session && !session.signedIn && <SignInFirst back={`/rounds/${id}`} />}
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {session?.signedIn && !round && !error && (
        <p className="muted" role="status">
          Loading…
        </p>
      )}
      {round && (
        <>
          <div className="bar">
            <h1>{round.name}</h1>
            <Standing round={round} />
            <span className="grow" />
            <Link className="small noprint" to="/rounds">
              All rounds
            </Link>
          </div>
          <nav className="tabs noprint" aria-label="Pages of the round">
            <Link to="/rounds/$round" params={{ round: id }} activeOptions={{ exact: true }}>
              Progress
            </Link>
            <Link to="/rounds/$round/agreement" params={{ round: id }}>
              Agreement
            </Link>
            <Link to="/rounds/$round/disagreements" params={{ round: id }}>
              Disagreements
            </Link>
          </nav>
          {children(round)}
        </>
      )}
    </main>
  );
}

/** Said on the pages that have nothing to show before the round is closed. */
export function StillOpen({ round }: { round: Round }) {
  return (
    <div className="empty">
      <p>The round is open: nobody sees what others have tagged.</p>
      <p className="tiny">
        {round.mayLead
          ? "Close it on its page when the coders have finished."
          : `${round.leader.name} closes it when the coders have finished.`}
      </p>
    </div>
  );
}
