import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useSession } from "../account/session";
import { asProblem } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { Card } from "./Card";
import { savedQuery } from "./queries";
import "./saved.css";

export default function SavedScreen() {
  useTitle("Saved searches");
  const session = useSession();
  return (
    <main id="main" className="saved" tabIndex={-1}>
      <div className="bar">
        <h1>Saved searches</h1>
        <p className="muted small">counted anew whenever this page is opened</p>
      </div>
      {session?.signedIn ? <Cards /> : session && <SignInFirst />}
    </main>
  );
}

function SignInFirst() {
  return (
    <div className="empty">
      <p>Saved searches belong to an account.</p>
      <Link className="btn" to="/signin" search={{ return: "/saved" }}>
        Sign in
      </Link>
    </div>
  );
}

function Cards() {
  const { data, error, refetch } = useQuery(savedQuery);
  if (error) return <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />;
  if (!data) return <Bones />;
  return (
    <div className="cards">
      {data.searches.map((search) => (
        <Card key={search.id} search={search} />
      ))}
      <div className="empty">
        <p>
          Run a <Link to="/search">search</Link> and press <kbd className="kbd">s</kbd> to keep it here.
        </p>
        <p className="tiny">
          Kept are the query, the filters and the order. A shared link finds what its visitor may see; your
          private notes stay yours.
        </p>
        <p className="tiny">
          <Link to="/exchange">Export and import</Link> annotations and the codebook in open formats.
        </p>
      </div>
    </div>
  );
}

function Bones() {
  return (
    <div className="cards" role="status" aria-label="Loading">
      {["a", "b", "c"].map((key) => (
        <div key={key} className="card saved-card">
          <div className="bone b-title" />
          <div className="bone b-query" />
          <div className="bone b-title" />
        </div>
      ))}
    </div>
  );
}
