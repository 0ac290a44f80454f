import { Link } from "@tanstack/react-router";
import { asProblem } from "../api/problem";
import { handOn } from "../ui/handOn";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { isPrerendered } from "./prerendered";

export function MissingScreen() {
  useTitle("Not found");
  return (
    <main id="main" className="plain stack" tabIndex={-1}>
      <h1>There is no such page</h1>
      <p>
        The address may be mistyped, or what it showed is gone. <Link to="/search">Search</Link> or look
        through the <Link to="/library">library</Link>.
      </p>
    </main>
  );
}

export function WaitingScreen() {
  if (isPrerendered()) return null;
  return (
    <main id="main" ref={handOn} className="plain stack" tabIndex={-1} aria-busy="true">
      <p className="muted" role="status">
        Loading…
      </p>
    </main>
  );
}

export function ErrorScreen({ error }: { error: unknown }) {
  useTitle("Error");
  return (
    <main id="main" className="plain stack" tabIndex={-1}>
      <h1>This page could not be shown</h1>
      <ProblemNotice problem={asProblem(error)} again={() => location.reload()} />
    </main>
  );
}
