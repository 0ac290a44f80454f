import { Link } from "@tanstack/react-router";

/** Said to strangers: rounds are among people with accounts. */
export function SignInFirst({ back }: { back: string }) {
  return (
    <div className="empty">
      <p>Coding rounds are among people with accounts.</p>
      <Link className="btn" to="/signin" search={{ return: back }}>
        Sign in
      </Link>
    </div>
  );
}
