import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { answer, client } from "../api/client";
import { useSession } from "./session";

/** Who is signed in, and the way out. What was read with their rights is forgotten. */
export default function SignedIn({ name, role }: { name: string; role: string }) {
  const session = useSession();
  const cache = useQueryClient();
  const signOut = useMutation({
    mutationFn: () => answer(client.DELETE("/api/session")),
    onSuccess: () => cache.resetQueries(),
  });
  return (
    <>
      <p>
        <b>{name}</b>
        <br />
        <span className="small muted">{role}</span>
      </p>
      <Link to="/account">Account</Link>
      {session?.mayManage && <Link to="/administration">Administration</Link>}
      <Link to="/groups">Groups</Link>
      <Link to="/rounds">Coding rounds</Link>
      <Link to="/exchange">Export and import</Link>
      <Link to="/trash">Deleted annotations</Link>
      <button type="button" onClick={() => signOut.mutate()} disabled={signOut.isPending}>
        Sign out
      </button>
      {signOut.isError && (
        <p className="small" role="alert">
          {signOut.error.message}
        </p>
      )}
    </>
  );
}
