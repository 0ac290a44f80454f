import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useSession } from "../account/session";
import { answer, asProblem, client, type Schemas } from "../api/client";
import { WaitingScreen } from "../app/screens";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { day } from "../ui/words";
import { atLeast, invitedQuery, type Role, roleNames, roles } from "./queries";
import { useRefresh } from "./refresh";
import "../ui/rows.css";
import "./groups.css";

/** Where an invitation to a group leads. */
export default function JoinScreen() {
  const { token } = useParams({ from: "/join/$token" });
  const session = useSession();
  const { data, error, refetch } = useQuery(invitedQuery(token));
  useTitle(data ? `Join ${data.name}` : "Invitation");
  const problem = error ? asProblem(error) : undefined;
  if (problem?.status === 401)
    return <Page title="You are invited to a group">{<SignIn token={token} />}</Page>;
  if (problem?.status === 404) return <NotGood />;
  if (problem) {
    return (
      <Page title="The invitation could not be opened">
        <ProblemNotice problem={problem} again={() => void refetch()} />
      </Page>
    );
  }
  if (!data || !session) return <WaitingScreen />;
  return <Invitation invited={data} token={token} signedIn={session.signedIn} />;
}

function Page({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main id="main" className="plain stack" tabIndex={-1}>
      <h1>{title}</h1>
      {children}
    </main>
  );
}

function NotGood() {
  return (
    <Page title="This invitation is not good">
      <p>
        It has expired, is used up, was revoked, or the link is not whole. Ask whoever sent it for another.
      </p>
      <p>
        <Link to="/groups">Your groups</Link>
      </p>
    </Page>
  );
}

interface Props {
  invited: Schemas["Invited"];
  token: string;
  signedIn: boolean;
}

function Invitation({ invited, token, signedIn }: Props) {
  const own = roleNames.find((role) => role === invited.own);
  if (own && atLeast(own, invited.role)) {
    return (
      <Page title={`You are in ${invited.name}`}>
        <p>Your role in it is {own}; the invitation adds nothing to that.</p>
        <p>
          <Link className="btn pri" to="/groups/$group" params={{ group: invited.group }}>
            Open the group
          </Link>
        </p>
      </Page>
    );
  }
  return (
    <Page title={`${invited.creator} invites you to ${invited.name}`}>
      {invited.description && <p>{invited.description}</p>}
      <p>
        You would be {article(invited.role)}: one {may(invited.role)}. What you add to a group stays with it
        when you leave. The invitation is good until {day(invited.expires)}.
      </p>
      {signedIn ? <Join token={token} again={own !== undefined} /> : <SignIn token={token} />}
    </Page>
  );
}

const article = (role: Role) => (/^[aeo]/.test(role) ? `an ${role}` : `a ${role}`);

/** What somebody with a role may, all of it. */
function may(role: Role): string {
  const first = `who ${roles.reader}`;
  const others = roleNames.slice(1, roleNames.indexOf(role) + 1).map((one) => roles[one]);
  return [first, ...others].join(", ");
}

function Join({ token, again }: { token: string; again: boolean }) {
  const navigate = useNavigate();
  const refresh = useRefresh();
  const join = useMutation({
    mutationFn: () => answer(client.POST("/api/invitations/{token}", { params: { path: { token } } })),
    onSuccess: async (group) => {
      await refresh();
      void navigate({ to: "/groups/$group", params: { group: group.id } });
    },
  });
  return (
    <>
      {join.error && <ProblemNotice problem={asProblem(join.error)} />}
      <p className="row">
        <button type="button" className="btn pri" disabled={join.isPending} onClick={() => join.mutate()}>
          {again ? "Take this role" : "Join the group"}
        </button>
        <Link className="btn ghost" to="/groups">
          Not now
        </Link>
      </p>
    </>
  );
}

function SignIn({ token }: { token: string }) {
  return (
    <>
      <p>
        <Link className="btn pri" to="/signin" search={{ return: `/join/${token}` }}>
          Sign in to join
        </Link>
      </p>
      <p className="small muted">
        No account? Accounts of this Glossator are made by its administrators. Ask one of them, then open this
        link again.
      </p>
    </>
  );
}
