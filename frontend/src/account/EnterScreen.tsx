import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { entryQuery } from "../administration/queries";
import { answer, asProblem, client } from "../api/client";
import { WaitingScreen } from "../app/screens";
import { useTitle } from "../ui/useTitle";
import { AccountPage } from "./AccountPage";
import { type Credentials, CredentialsForm } from "./CredentialsForm";
import { OpenIDOutcome, OpenIDSignIn } from "./OpenIDSignIn";
import { sessionQuery } from "./session";

/**
 * Uses the link of an administrator: makes an account, with a password or by the
 * provider of OpenID Connect, or chooses a new password.
 */
export default function EnterScreen() {
  useTitle("Your account");
  const { token } = useParams({ from: "/enter/$token" });
  const { outcome } = useSearch({ from: "/enter/$token" });
  const { data, error } = useQuery(entryQuery(token));
  if (error) {
    return (
      <AccountPage>
        <div className="account-form">
          <h1>This link does not work</h1>
          <p>{asProblem(error).message}</p>
          <p>
            <Link to="/signin">Sign in</Link>, or <Link to="/search">search</Link>.
          </p>
        </div>
      </AccountPage>
    );
  }
  if (!data) return <WaitingScreen />;
  return <EntryForm token={token} owner={data.name} role={data.role} outcome={outcome} />;
}

interface EntryProps {
  token: string;
  /** Whose password it is; empty if the link makes an account. */
  owner: string;
  role: string;
  /** How it ended at the provider, for whoever comes back from there. */
  outcome: string | undefined;
}

function EntryForm({ token, owner, role, outcome }: EntryProps) {
  const router = useRouter();
  const cache = useQueryClient();
  const [name, setName] = useState(owner);
  const enter = useMutation({
    mutationFn: (body: Credentials) =>
      answer(client.POST("/api/entry/{token}", { params: { path: { token } }, body })),
    onSuccess: (next) => {
      cache.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
      cache.setQueryData(sessionQuery.queryKey, next);
      router.history.replace("/");
    },
  });
  return (
    <AccountPage>
      <OpenIDOutcome outcome={outcome} />
      <CredentialsForm
        title={owner ? "Choose a new password" : "Make your account"}
        action={owner ? "Set the password" : "Make the account"}
        newPassword
        name={name}
        onName={owner ? undefined : setName}
        problem={enter.error ? asProblem(enter.error) : undefined}
        busy={enter.isPending}
        onSubmit={(credentials) => enter.mutate(credentials)}
      >
        {!owner && <OpenIDSignIn back="/" invitation={token} />}
        <p className="small muted">
          {owner
            ? "Everywhere else you are signed out. Passkeys and API tokens stay good; your account page lists them."
            : `You were invited as ${role}. The name is how others see what you write.`}{" "}
          The link works once.
        </p>
      </CredentialsForm>
    </AccountPage>
  );
}
