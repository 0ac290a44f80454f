import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, asProblem, client } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { moment } from "../ui/words";
import { device } from "./device";
import { type OwnSession, sessionsQuery } from "./queries";

/** Where one is signed in, and the way out of there. */
export function Sessions() {
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery(sessionsQuery);
  const endOthers = useMutation({
    mutationFn: () => answer(client.DELETE("/api/account/sessions")),
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  const others = data ? data.sessions.filter((one) => !one.current).length : 0;
  return (
    <section className="stack" aria-labelledby="sessions">
      <div className="bar">
        <h2 id="sessions" className="grow">
          Where you are signed in
        </h2>
        {others > 0 && (
          <button
            type="button"
            className="btn"
            disabled={endOthers.isPending}
            onClick={() => endOthers.mutate()}
          >
            Sign out everywhere else
          </button>
        )}
      </div>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {endOthers.error && <ProblemNotice problem={asProblem(endOthers.error)} />}
      <p role="status" className="small muted">
        {endOthers.isSuccess && others === 0 ? "You are signed in here alone." : ""}
      </p>
      {!data && !error && <div className="bone" role="status" aria-label="Loading" style={{ height: 44 }} />}
      {data && (
        <ul className="rows">
          {data.sessions.map((one) => (
            <Row key={one.id} session={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ session }: { session: OwnSession }) {
  const cache = useQueryClient();
  const words = device(session.device);
  const end = useMutation({
    mutationFn: () =>
      answer(client.DELETE("/api/account/sessions/{session}", { params: { path: { session: session.id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionsQuery.queryKey }),
  });
  return (
    <li>
      <span className="grow" title={session.device || undefined}>
        <b>{words}</b>
        {session.current && <span className="here">this one</span>}
        <br />
        <span className="small muted">
          {session.address} · last used {moment(session.used)} · signed in {moment(session.created)}
        </span>
      </span>
      {!session.current && (
        <button
          type="button"
          className="btn ghost"
          aria-label={`Sign out ${words}, signed in ${moment(session.created)}`}
          disabled={end.isPending}
          onClick={() => end.mutate()}
        >
          Sign out
        </button>
      )}
      {end.error && <ProblemNotice problem={asProblem(end.error)} />}
    </li>
  );
}
