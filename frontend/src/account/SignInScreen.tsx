import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { answer, asProblem, client, type Schemas } from "../api/client";
import { useTitle } from "../ui/useTitle";
import { AccountPage } from "./AccountPage";
import { type Credentials, CredentialsForm } from "./CredentialsForm";
import { localPath } from "./localPath";
import { NamedScreen, OpenIDOutcome, OpenIDSignIn } from "./OpenIDSignIn";
import { PasskeySignIn } from "./PasskeySignIn";
import { sessionQuery, useSession } from "./session";

export default function SignInScreen() {
  useTitle("Sign in");
  const { return: wanted, outcome } = useSearch({ from: "/signin" });
  const back = localPath(wanted);
  const router = useRouter();
  const cache = useQueryClient();
  const session = useSession();
  const [name, setName] = useState("");
  const signedIn = (next: Schemas["Session"]) => {
    // What was read as a stranger may lack what the account may see.
    cache.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" });
    cache.setQueryData(sessionQuery.queryKey, next);
    router.history.replace(back);
  };
  const signIn = useMutation({
    mutationFn: (body: Credentials) => answer(client.POST("/api/session", { body })),
    onSuccess: signedIn,
  });
  if (outcome === "named" && session?.user) {
    return (
      <NamedScreen name={session.user.name} label={session.openid?.label ?? "the provider"} back={back} />
    );
  }
  return (
    <AccountPage>
      <OpenIDOutcome outcome={outcome} />
      <CredentialsForm
        title="Sign in"
        action="Sign in"
        newPassword={false}
        name={name}
        onName={setName}
        problem={signIn.error ? asProblem(signIn.error) : undefined}
        busy={signIn.isPending}
        onSubmit={(credentials) => signIn.mutate(credentials)}
      >
        <OpenIDSignIn back={back} />
        {session?.setup ? (
          <p className="notice small">
            There is no account yet. The server printed a link when it first started: open it to make the
            first one.
          </p>
        ) : (
          <>
            <PasskeySignIn onSignedIn={signedIn} />
            <p className="small muted">
              {session?.mail ? (
                <>
                  <Link to="/forgotten">Forgot your password?</Link> For an account, ask whoever runs this
                  Glossator.
                </>
              ) : (
                "No account, or the password is lost? Whoever runs this Glossator can send you a link."
              )}
              {session?.open && <br />}
              {session?.open && "Reading and searching need none."}
            </p>
          </>
        )}
      </CredentialsForm>
    </AccountPage>
  );
}
