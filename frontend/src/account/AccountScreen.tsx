import { Link } from "@tanstack/react-router";
import { useTitle } from "../ui/useTitle";
import { ChangePassword } from "./ChangePassword";
import { Identities } from "./Identities";
import { Mailbox } from "./Mailbox";
import { Passkeys } from "./Passkeys";
import { Sessions } from "./Sessions";
import { useSession } from "./session";
import { Tokens } from "./Tokens";
import "../ui/rows.css";
import "./own.css";

/** How one's account is come by: sessions, passkeys, password, API tokens. */
export default function AccountScreen() {
  useTitle("Account");
  const session = useSession();
  if (session && !session.user) return <SignInFirst />;
  return (
    <main id="main" className="own" tabIndex={-1}>
      <h1>Account</h1>
      {session?.user && (
        <>
          <p className="muted">
            You are <b>{session.user.name}</b>, {session.user.role}.
          </p>
          <Sessions />
          <Passkeys />
          <Identities />
          <ChangePassword />
          <Mailbox />
          <Tokens />
        </>
      )}
    </main>
  );
}

function SignInFirst() {
  return (
    <main id="main" className="plain stack" tabIndex={-1}>
      <h1>You are not signed in</h1>
      <p>
        <Link className="btn" to="/signin" search={{ return: "/account" }}>
          Sign in
        </Link>
      </p>
    </main>
  );
}
