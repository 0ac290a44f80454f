import { useEffect, useEffectEvent, useState } from "react";
import { asProblem, type Schemas } from "../api/client";
import { useSession } from "./session";
import { awaitPasskey, knowsPasskeys, signInByPasskey, whyNot } from "./webauthn";

/**
 * Signs in by a passkey: at the press of a button, or by choosing one where the
 * browser fills in the name. Where passkeys cannot work none is asked for, and the
 * reason is told.
 */
export function PasskeySignIn({ onSignedIn }: { onSignedIn: (session: Schemas["Session"]) => void }) {
  const place = useSession()?.passkeys;
  if (!place) return null;
  if (place.obstacle) return <p className="small muted">{place.obstacle}</p>;
  if (place.origin !== location.origin) {
    return <p className="small muted">Passkeys sign in at {place.origin} only.</p>;
  }
  return knowsPasskeys() ? <Asking onSignedIn={onSignedIn} /> : null;
}

function Asking({ onSignedIn }: { onSignedIn: (session: Schemas["Session"]) => void }) {
  const [turn, setTurn] = useState({ pressed: false });
  const [problem, setProblem] = useState<string>();
  const signedIn = useEffectEvent(onSignedIn);
  useEffect(() => {
    const leaving = new AbortController();
    const asked = turn.pressed ? signInByPasskey(leaving.signal) : awaitPasskey(leaving.signal);
    const failed = (error: unknown) => {
      if (leaving.signal.aborted) return;
      // What the browser offered by itself and nobody took is no news.
      const refused = ["/problems/credentials", "/problems/ceremony"].includes(asProblem(error).type);
      if (!turn.pressed && !refused) return;
      setProblem(whyNot(error));
      setTurn({ pressed: false });
    };
    asked.then((session) => session && signedIn(session), failed);
    return () => leaving.abort();
  }, [turn]);
  return (
    <>
      {problem && (
        <div className="notice err" role="alert">
          {problem}
        </div>
      )}
      <button
        type="button"
        className="btn"
        onClick={() => {
          setProblem(undefined);
          setTurn({ pressed: true });
        }}
      >
        Sign in with a passkey
      </button>
    </>
  );
}
