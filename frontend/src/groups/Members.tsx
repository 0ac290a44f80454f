import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useSession } from "../account/session";
import { answer, asProblem, client } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { day, initials } from "../ui/words";
import { type GroupDetail, type Member, type Role, roleNames } from "./queries";
import { useRefresh } from "./refresh";

/** Who is in a group; its owners say with which role, and who no longer. */
export function Members({ group }: { group: GroupDetail }) {
  const [told, setTold] = useState("");
  return (
    <section aria-labelledby="members">
      <h2 id="members">Members</h2>
      <ul className="rows">
        {group.people.map((member) => (
          <Row key={member.id} group={group} member={member} say={setTold} />
        ))}
      </ul>
      <p className="tiny muted" role="status">
        {told}
      </p>
    </section>
  );
}

interface RowProps {
  group: GroupDetail;
  member: Member;
  say: (text: string) => void;
}

function Row({ group, member, say }: RowProps) {
  const session = useSession();
  const refresh = useRefresh();
  const [asked, setAsked] = useState(false);
  const path = { group: group.id, user: member.id };
  const mine = session?.user?.id === member.id;
  const setRole = useMutation({
    mutationFn: (role: Role) =>
      answer(client.PUT("/api/groups/{group}/members/{user}", { params: { path }, body: { role } })),
    onSuccess: (_, role) => {
      say(`${member.name} is ${role} now`);
      return refresh();
    },
  });
  const remove = useMutation({
    mutationFn: () => answer(client.DELETE("/api/groups/{group}/members/{user}", { params: { path } })),
    onSuccess: () => {
      say(`${member.name} is no longer in the group`);
      return refresh();
    },
  });
  const problem = setRole.error ?? remove.error;
  return (
    <li>
      <span className="av small-av" aria-hidden="true">
        {initials(member.name)}
      </span>
      <span className="grow">
        <b>{member.name}</b>
        {mine && <span className="muted"> (you)</span>}
        <br />
        <span className="tiny muted">since {day(member.since)}</span>
      </span>
      {group.role === "owner" ? (
        <select
          className="select"
          aria-label={`Role of ${member.name}`}
          value={setRole.isPending ? setRole.variables : member.role}
          disabled={setRole.isPending}
          onChange={(event) => {
            const role = roleNames.find((one) => one === event.target.value);
            if (role) setRole.mutate(role);
          }}
        >
          {roleNames.map((role) => (
            <option key={role}>{role}</option>
          ))}
        </select>
      ) : (
        <span className="small muted">{member.role}</span>
      )}
      {group.role === "owner" && !mine && (
        <button
          type="button"
          className={asked ? "btn danger" : "btn ghost"}
          aria-label={asked ? `Remove ${member.name} for good` : `Remove ${member.name}`}
          disabled={remove.isPending}
          onClick={() => (asked ? remove.mutate() : setAsked(true))}
          onBlur={() => setAsked(false)}
        >
          {asked ? "Really remove" : "Remove"}
        </button>
      )}
      {problem && <ProblemNotice problem={asProblem(problem)} />}
    </li>
  );
}
