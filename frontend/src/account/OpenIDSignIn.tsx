import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { answer, asProblem, client } from "../api/client";
import { AccountPage } from "./AccountPage";
import { inWords } from "./openid";
import { useSession } from "./session";

/** Why one has come back from the provider without being signed in. */
export function OpenIDOutcome({ outcome }: { outcome: string | undefined }) {
  const session = useSession();
  const told = session && inWords(outcome, session.openid?.label ?? "the provider");
  return told ? (
    <div className="notice err outcome" role="alert">
      {told}
    </div>
  ) : null;
}

interface Props {
  back: string;
  /** Token of the invitation that is taken up by it. */
  invitation?: string;
}

/** Signs in by the provider of OpenID Connect, if there is one, and comes back to a path here. */
export function OpenIDSignIn({ back, invitation }: Props) {
  const provider = useSession()?.openid;
  const begin = useMutation({
    mutationFn: () => answer(client.POST("/api/openid", { body: { return: back, invitation } })),
    onSuccess: ({ address }) => location.assign(address),
  });
  if (!provider) return null;
  return (
    <>
      {begin.error && (
        <div className="notice err" role="alert">
          {asProblem(begin.error).message}
        </div>
      )}
      <button type="button" className="btn" disabled={begin.isPending} onClick={() => begin.mutate()}>
        {invitation ? "Make the account with" : "Sign in with"} {provider.label}
      </button>
      {!provider.ready && !begin.error && (
        <p className="small muted">{provider.label} does not answer at present; a password works.</p>
      )}
    </>
  );
}

/** The name that one's account has, where the one of the provider was taken. */
export function NamedScreen({ name, label, back }: { name: string; label: string; back: string }) {
  return (
    <AccountPage>
      <div className="account-form">
        <h1>You are “{name}” here</h1>
        <p>
          Somebody else has the name that {label} knows you by, so your account has a number after it. Others
          see this name with what you write.
        </p>
        <p className="small muted">
          If you had an account here before, sign out, sign in to that one and connect it under Account
          instead.
        </p>
        <Link className="btn pri" to={back} reloadDocument>
          Go on
        </Link>
      </div>
    </AccountPage>
  );
}
