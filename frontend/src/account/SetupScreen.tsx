import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { useTitle } from "../ui/useTitle";
import { AccountPage } from "./AccountPage";
import { type Credentials, CredentialsForm } from "./CredentialsForm";
import { sessionQuery, useSession } from "./session";

/** Makes the first account, with the link that the first start printed. */
export default function SetupScreen() {
  useTitle("First account");
  const { token } = useSearch({ from: "/setup" });
  const session = useSession();
  if (session && !session.setup) return <NotNeeded />;
  if (!token) return <NoToken />;
  return <SetupForm token={token} />;
}

function NotNeeded() {
  return (
    <AccountPage>
      <div className="account-form">
        <h1>There is an account already</h1>
        <p>
          This link made the first account and has done its work. <Link to="/signin">Sign in</Link>, or{" "}
          <Link to="/search">search</Link>.
        </p>
      </div>
    </AccountPage>
  );
}

function NoToken() {
  return (
    <AccountPage>
      <div className="account-form">
        <h1>The link is not whole</h1>
        <p>
          Open the link that the server printed when it first started; it ends in <code>/setup?token=…</code>.
          If it is lost, start the server again: it prints the link as long as there is no account.
        </p>
      </div>
    </AccountPage>
  );
}

function SetupForm({ token }: { token: string }) {
  const router = useRouter();
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const setUp = useMutation({
    mutationFn: (credentials: Credentials) =>
      answer(client.POST("/api/setup", { body: { ...credentials, token } })),
    onSuccess: (next) => {
      cache.setQueryData(sessionQuery.queryKey, next);
      router.history.replace("/library");
    },
  });
  return (
    <AccountPage>
      <CredentialsForm
        title="Make the first account"
        action="Make the account"
        newPassword
        name={name}
        onName={setName}
        problem={setUp.error ? asProblem(setUp.error) : undefined}
        busy={setUp.isPending}
        onSubmit={(credentials) => setUp.mutate(credentials)}
      >
        <p className="small muted">
          It administers this Glossator: it may import documents and invite others.
        </p>
      </CredentialsForm>
    </AccountPage>
  );
}
