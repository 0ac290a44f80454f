import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { asProblem, type Schemas } from "../api/client";
import { WaitingScreen } from "../app/screens";
import { SearchView } from "../search/SearchView";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { day } from "../ui/words";
import { searchOf } from "./describe";
import { sharedQuery } from "./queries";
import "./saved.css";

/** The search behind a link, run in place with the visitor's own rights. */
export default function SharedScreen() {
  const { token } = useParams({ from: "/s/$token" });
  const { data, error, refetch } = useQuery(sharedQuery(token));
  useTitle(data?.name ?? "Shared search");
  if (error) {
    const problem = asProblem(error);
    return problem.status === 404 ? <Gone /> : <Failed problem={problem} again={() => void refetch()} />;
  }
  if (!data) return <WaitingScreen />;
  return <SearchView address={searchOf(data.address)} banner={<Banner shared={data} token={token} />} />;
}

function Banner({ shared, token }: { shared: Schemas["SharedSearch"]; token: string }) {
  return (
    <section className="shared-banner" aria-label="Shared search">
      <h2>{shared.name}</h2>
      <p className="mono">{searchOf(shared.address).q ?? "every passage"}</p>
      {shared.description && <p>{shared.description}</p>}
      <p className="small muted">
        Shared by {shared.owner} · saved {day(shared.created)} · found anew, among what you may see ·{" "}
        <a href={`/s/${encodeURIComponent(token)}/feed.atom`}>feed of what is new</a>
      </p>
    </section>
  );
}

function Gone() {
  return (
    <main id="main" className="plain stack" tabIndex={-1}>
      <h1>This link leads nowhere</h1>
      <p>
        It was revoked, its search was deleted, or it is mistyped. Ask whoever sent it for another, or{" "}
        <Link to="/search">search</Link> yourself.
      </p>
    </main>
  );
}

function Failed({ problem, again }: { problem: ReturnType<typeof asProblem>; again: () => void }) {
  return (
    <main id="main" className="plain stack" tabIndex={-1}>
      <h1>The search could not be fetched</h1>
      <ProblemNotice problem={problem} again={again} />
    </main>
  );
}
