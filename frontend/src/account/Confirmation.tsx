import { type ReactNode, useState } from "react";
import { answer, asProblem, client, Problem } from "../api/client";
import { DeedDialog } from "../ui/DeedDialog";

interface Waiting {
  go: () => void;
  stop: (why: Problem) => void;
}

/**
 * For deeds that the server does only for whoever proved lately who they are.
 * `first` does a deed; where it is refused for that, the password is asked for in
 * `dialog`, and the deed is done again. It fails if the dialog is closed.
 */
export function useConfirmation(): {
  first: <T>(deed: () => Promise<T>) => Promise<T>;
  dialog: ReactNode;
} {
  const [waiting, setWaiting] = useState<Waiting>();
  const first = async <T,>(deed: () => Promise<T>) => {
    try {
      return await deed();
    } catch (error) {
      if (asProblem(error).type !== "/problems/confirm") throw error;
      await new Promise<void>((go, stop) => setWaiting({ go, stop }));
      return deed();
    }
  };
  return { first, dialog: waiting && <ConfirmDialog {...waiting} onClose={() => setWaiting(undefined)} /> };
}

function ConfirmDialog({ go, stop, onClose }: Waiting & { onClose: () => void }) {
  const [password, setPassword] = useState("");
  const act = async () => {
    await answer(client.POST("/api/account/confirmation", { body: { password } }));
    go();
  };
  const close = () => {
    onClose();
    // Without effect once it was confirmed.
    stop(new Problem({ status: 0, title: "Not confirmed", detail: "Nothing was changed." }));
  };
  return (
    <DeedDialog title="Is it you?" button="Confirm" ready={password !== ""} act={act} onClose={close}>
      <p>You signed in a while ago. Before the ways into your account change, give your password.</p>
      <label className="field">
        Password
        <input
          className="input"
          type="password"
          autoComplete="current-password"
          required
          maxLength={1000}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <p className="small muted">Without a password, sign out and in again instead.</p>
    </DeedDialog>
  );
}
