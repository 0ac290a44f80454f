import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useSession } from "../account/session";
import { answer, asProblem, client } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { count, day } from "../ui/words";
import { DefaultAudience } from "./DefaultAudience";
import { type GroupSummary, groupsQuery } from "./queries";
import { useRefresh } from "./refresh";
import { WordsDialog } from "./WordsDialog";
import "../ui/rows.css";
import "./groups.css";

export default function GroupsScreen() {
  useTitle("Groups");
  const session = useSession();
  const [making, setMaking] = useState(false);
  return (
    <main id="main" className="groups" tabIndex={-1}>
      <div className="bar">
        <h1 className="grow">Groups</h1>
        {session?.signedIn && (
          <button type="button" className="btn pri" onClick={() => setMaking(true)}>
            New group
          </button>
        )}
      </div>
      <p className="muted lead">
        People who share annotations. What is in a group is read by its members alone: nobody else finds it,
        counts it or learns that it is there.
      </p>
      {session?.signedIn ? <Mine /> : session && <SignInFirst />}
      {making && <WordsDialog onClose={() => setMaking(false)} />}
    </main>
  );
}

function SignInFirst() {
  return (
    <div className="empty">
      <p>Groups are of people with an account.</p>
      <Link className="btn" to="/signin" search={{ return: "/groups" }}>
        Sign in
      </Link>
    </div>
  );
}

function Mine() {
  const { data, error, refetch } = useQuery(groupsQuery);
  if (error) return <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />;
  if (!data) return <Bones />;
  return (
    <div className="stack">
      {data.groups.length > 0 ? (
        <ul className="group-cards">
          {data.groups.map((group) => (
            <Card key={group.id} group={group} />
          ))}
        </ul>
      ) : (
        <div className="empty">
          <p>You are in no group yet.</p>
          <p className="small">Make one and invite others with a link, or open a link that you were sent.</p>
        </div>
      )}
      <DefaultAudience />
      {data.deleted.length > 0 && (
        <section className="stack" aria-labelledby="deleted">
          <h2 id="deleted">Deleted</h2>
          <ul className="rows">
            {data.deleted.map((group) => (
              <Deleted key={group.id} group={group} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Card({ group }: { group: GroupSummary }) {
  return (
    <li className="card group-card">
      <h2>
        <Link to="/groups/$group" params={{ group: group.id }}>
          {group.name}
        </Link>
      </h2>
      {group.description && <p className="small">{group.description}</p>}
      <p className="small muted">
        {count(group.members, "member")} · {count(group.annotations, "annotation")} · you are {group.role}
      </p>
    </li>
  );
}

const kept = 30 * 24 * 60 * 60 * 1000;

function Deleted({ group }: { group: GroupSummary }) {
  const refresh = useRefresh();
  const restore = useMutation({
    mutationFn: () =>
      answer(client.POST("/api/groups/{group}/restore", { params: { path: { group: group.id } } })),
    onSuccess: refresh,
  });
  return (
    <li>
      <span className="grow">
        <b>{group.name}</b>
        <span className="small muted">
          {" "}
          · deleted {day(group.deleted)}, can be restored until {day(group.deleted + kept)}
        </span>
      </span>
      <button
        type="button"
        className="btn"
        aria-label={`Restore ${group.name}`}
        disabled={restore.isPending}
        onClick={() => restore.mutate()}
      >
        Restore
      </button>
      {restore.error && <ProblemNotice problem={asProblem(restore.error)} />}
    </li>
  );
}

function Bones() {
  return (
    <div className="group-cards" role="status" aria-label="Loading">
      {["a", "b", "c"].map((key) => (
        <div key={key} className="card group-card">
          <div className="bone" style={{ height: 17, width: "60%" }} />
          <div className="bone" style={{ height: 13, width: "80%" }} />
        </div>
      ))}
    </div>
  );
}
