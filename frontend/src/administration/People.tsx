import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useSession } from "../account/session";
import { answer, asProblem, client } from "../api/client";
import { CopyField } from "../ui/CopyField";
import { ProblemNotice } from "../ui/ProblemNotice";
import { ToldOnce } from "../ui/ToldOnce";
import { count, day } from "../ui/words";
import { Links } from "./Links";
import { type NewEntry, type Person, peopleQuery, type SiteRole, siteRoles } from "./queries";

/** All accounts: their role, whether one can sign in as them, a link for a lost password; and the way in for others. */
export function People() {
  const { data, error, refetch } = useQuery(peopleQuery);
  return (
    <section className="stack" aria-labelledby="people">
      <h2 id="people">People</h2>
      <Invite />
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {!data && !error && <div className="bone" role="status" aria-label="Loading" style={{ height: 88 }} />}
      {data && (
        <ul className="rows" aria-label="Accounts">
          {data.people.map((one) => (
            <Row key={one.id} person={one} />
          ))}
        </ul>
      )}
      {data && data.links.length > 0 && <Links links={data.links} />}
    </section>
  );
}

function Invite() {
  const cache = useQueryClient();
  const mail = useSession()?.mail;
  const [role, setRole] = useState<SiteRole>("member");
  const [address, setAddress] = useState("");
  const invite = useMutation({
    mutationFn: (to: string) =>
      answer(client.POST("/api/people/invitations", { body: { role, days: 14, mail: to || undefined } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate(address.trim(), { onSuccess: () => setAddress("") });
  };
  return (
    <>
      <form className="row" aria-label="Invite somebody" onSubmit={submit}>
        <label className="row">
          Invite a
          <select
            className="select"
            value={role}
            onChange={(event) => setRole(event.target.value as SiteRole)}
          >
            {siteRoles.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        {mail && (
          <label className="row">
            and send the link to
            <input
              className="input"
              type="email"
              placeholder="nobody"
              maxLength={254}
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
          </label>
        )}
        <button type="submit" className="btn" disabled={invite.isPending}>
          Create link
        </button>
      </form>
      <p role="status" className="small">
        {invite.data && invite.variables
          ? `A letter with the link is on its way to ${invite.variables}.`
          : ""}
      </p>
      {invite.error && <ProblemNotice problem={asProblem(invite.error)} />}
      {invite.data && <Told entry={invite.data} label="Invitation" />}
    </>
  );
}

/** A new link, told this once. */
function Told({ entry, label }: { entry: NewEntry; label: string }) {
  return (
    <ToldOnce
      what="link"
      advice={` and works once, until ${day(entry.link.expires)}: send it to whom it is for.`}
    >
      <CopyField label={label} text={location.origin + entry.path} />
    </ToldOnce>
  );
}

function Row({ person }: { person: Person }) {
  const cache = useQueryClient();
  const session = useSession();
  const again = () => cache.invalidateQueries({ queryKey: ["administration"] });
  const path = { user: person.id };
  const change = useMutation({
    mutationFn: (body: { role?: SiteRole; disabled?: boolean }) =>
      answer(client.PATCH("/api/people/{user}", { params: { path }, body })),
    onSettled: again,
  });
  const reset = useMutation({
    mutationFn: () => answer(client.POST("/api/people/{user}/reset", { params: { path } })),
    onSuccess: again,
  });
  const disabled = person.disabled > 0;
  return (
    <li>
      <span className="grow">
        <b>{person.name}</b>
        {session?.user?.id === person.id && <span className="small muted"> · you</span>}
        <br />
        <span className="small muted">
          since {day(person.created)} · {person.used > 0 ? `last here ${day(person.used)}` : "never here yet"}
          {person.passkeys > 0 && ` · ${count(person.passkeys, "passkey")}`}
          {disabled && ` · disabled ${day(person.disabled)}`}
        </span>
      </span>
      <select
        className="select"
        aria-label={`Role of ${person.name}`}
        disabled={change.isPending}
        value={person.role}
        onChange={(event) => change.mutate({ role: event.target.value as SiteRole })}
      >
        {siteRoles.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
      <button
        type="button"
        className="btn ghost"
        aria-label={`Password link for ${person.name}`}
        disabled={reset.isPending}
        onClick={() => reset.mutate()}
      >
        Password link
      </button>
      <button
        type="button"
        className="btn ghost"
        aria-label={`${disabled ? "Enable" : "Disable"} ${person.name}`}
        disabled={change.isPending}
        onClick={() => change.mutate({ disabled: !disabled })}
      >
        {disabled ? "Enable" : "Disable"}
      </button>
      {change.error && <ProblemNotice problem={asProblem(change.error)} />}
      {reset.error && <ProblemNotice problem={asProblem(reset.error)} />}
      {reset.data && (
        <div className="told">
          <Told entry={reset.data} label={`New password for ${person.name}`} />
        </div>
      )}
    </li>
  );
}
