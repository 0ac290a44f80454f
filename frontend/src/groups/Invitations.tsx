import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { CopyField } from "../ui/CopyField";
import { ProblemNotice } from "../ui/ProblemNotice";
import { ToldOnce } from "../ui/ToldOnce";
import { count, day } from "../ui/words";
import { type GroupDetail, type Invitation, invitable, type Role } from "./queries";
import { useRefresh } from "./refresh";

/** The links by which others join: a new one is told once, those that exist can be revoked. */
export function Invitations({ group }: { group: GroupDetail }) {
  const choices = invitable(group.role);
  const refresh = useRefresh();
  const [role, setRole] = useState<Role>("annotator");
  const [days, setDays] = useState("14");
  const [limit, setLimit] = useState("0");
  const invite = useMutation({
    mutationFn: () =>
      answer(
        client.POST("/api/groups/{group}/invitations", {
          params: { path: { group: group.id } },
          body: { role, days: Number(days), limit: Number(limit) },
        }),
      ),
    onSuccess: refresh,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate();
  };
  return (
    <section
      className={group.invitations.length > 0 ? "stack" : "stack noprint"}
      aria-labelledby="invitations"
    >
      <h2 id="invitations">Invitations</h2>
      <form className="invite" onSubmit={submit}>
        <label className="field">
          As
          <select className="select" value={role} onChange={(event) => setRole(event.target.value as Role)}>
            {choices.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <label className="field">
          Good for
          <select className="select" value={days} onChange={(event) => setDays(event.target.value)}>
            <option value="1">a day</option>
            <option value="7">a week</option>
            <option value="14">two weeks</option>
            <option value="90">three months</option>
          </select>
        </label>
        <label className="field">
          For
          <select className="select" value={limit} onChange={(event) => setLimit(event.target.value)}>
            <option value="0">any number</option>
            <option value="1">one person</option>
            <option value="5">five people</option>
            <option value="30">thirty people</option>
          </select>
        </label>
        <button type="submit" className="btn" disabled={invite.isPending}>
          Create link
        </button>
      </form>
      {invite.error && <ProblemNotice problem={asProblem(invite.error)} />}
      {invite.data && (
        <ToldOnce what="link" advice=": copy it now. Whoever has it and an account can join.">
          <CopyField label="Invitation" text={location.origin + invite.data.path} />
        </ToldOnce>
      )}
      {group.invitations.length > 0 && (
        <ul className="rows">
          {group.invitations.map((one) => (
            <Row key={one.id} invitation={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Row({ invitation }: { invitation: Invitation }) {
  const refresh = useRefresh();
  const revoke = useMutation({
    mutationFn: () =>
      answer(
        client.DELETE("/api/groups/{group}/invitations/{invitation}", {
          params: { path: { group: invitation.group, invitation: invitation.id } },
        }),
      ),
    onSuccess: refresh,
  });
  const over = standing(invitation);
  return (
    <li className={over ? "muted" : undefined}>
      <span className="grow small">
        For {invitation.role}s, made by {invitation.creator} on {day(invitation.created)} · used{" "}
        {invitation.limit > 0
          ? `${invitation.used} of ${invitation.limit} times`
          : count(invitation.used, "time")}{" "}
        · {over || `good until ${day(invitation.expires)}`}
      </span>
      {!over && (
        <button
          type="button"
          className="btn ghost"
          aria-label={`Revoke the invitation for ${invitation.role}s of ${day(invitation.created)}`}
          disabled={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          Revoke
        </button>
      )}
      {revoke.error && <ProblemNotice problem={asProblem(revoke.error)} />}
    </li>
  );
}

/** Why an invitation is no longer good, "" while it is. */
function standing({ revoked, expires, used, limit }: Invitation): string {
  if (revoked > 0) return `revoked ${day(revoked)}`;
  if (limit > 0 && used >= limit) return "used up";
  return expires <= Date.now() ? `expired ${day(expires)}` : "";
}
