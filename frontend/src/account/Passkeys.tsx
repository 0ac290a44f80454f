import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { DeedDialog } from "../ui/DeedDialog";
import { ProblemNotice } from "../ui/ProblemNotice";
import { day } from "../ui/words";
import { useConfirmation } from "./Confirmation";
import { NewPasskey } from "./NewPasskey";
import { PasskeyName } from "./PasskeyName";
import { passkeysQuery } from "./queries";
import { useSession } from "./session";
import { knowsPasskeys, type Passkey, removePasskey } from "./webauthn";

/** What one signs in with instead of name and password: added, renamed and removed. */
export function Passkeys() {
  const { data, error, refetch } = useQuery(passkeysQuery);
  const place = useSession()?.passkeys;
  const heading = useRef<HTMLHeadingElement>(null);
  const [told, say] = useState("");
  const gone = useRef(false);
  const left = data?.passkeys.length;
  useEffect(() => {
    // The row that had the focus is not there any more.
    if (left !== undefined && gone.current) heading.current?.focus();
    gone.current = false;
  }, [left]);
  const removed = (passkey: Passkey) => {
    gone.current = true;
    say(`${passkey.name} is removed. It signs nobody in any more.`);
  };
  return (
    <section className="stack" aria-labelledby="passkeys">
      <h2 id="passkeys" ref={heading} tabIndex={-1}>
        Passkeys
      </h2>
      <p className="small muted">
        Sign in with a finger, a face, a PIN or a security key, without name and password. The key itself
        never leaves your device or password manager.
      </p>
      {place &&
        data &&
        (obstacle(place) ? <p className="notice small">{obstacle(place)}</p> : <NewPasskey say={say} />)}
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      <p role="status" className="small">
        {told}
      </p>
      {!data && !error && <div className="bone" role="status" aria-label="Loading" style={{ height: 44 }} />}
      {data?.passkeys.length === 0 && <p className="muted">You have none.</p>}
      {place && data && data.passkeys.length > 0 && (
        <ul className="rows">
          {data.passkeys.map((one) => (
            <Row key={one.id} passkey={one} site={place.site} onRemoved={removed} />
          ))}
        </ul>
      )}
    </section>
  );
}

/** Why none can be added in this browser at this address, "" if one can. */
function obstacle({ obstacle, origin }: { obstacle: string; origin: string }): string {
  if (obstacle) return obstacle;
  if (origin !== location.origin) return `Passkeys are for ${origin}: open Glossator there to add one.`;
  return knowsPasskeys() ? "" : "This browser does not know passkeys; newer ones do.";
}

interface RowProps {
  passkey: Passkey;
  site: string;
  onRemoved: (passkey: Passkey) => void;
}

function Row({ passkey, site, onRemoved }: RowProps) {
  const [asked, setAsked] = useState<"name" | "removal">();
  const close = () => setAsked(undefined);
  return (
    <li>
      <span className="grow">
        <b>{passkey.name}</b>
        <br />
        <span className="small muted">
          {passkey.synced ? "synced by its password manager" : "on one device"} · made {day(passkey.created)}{" "}
          · {passkey.used > 0 ? `last used ${day(passkey.used)}` : "never used"}
        </span>
      </span>
      <span className="row">
        <button
          type="button"
          className="btn ghost"
          aria-label={`Rename ${passkey.name}`}
          onClick={() => setAsked("name")}
        >
          Rename
        </button>
        <button
          type="button"
          className="btn ghost"
          aria-label={`Remove ${passkey.name}`}
          onClick={() => setAsked("removal")}
        >
          Remove
        </button>
      </span>
      {asked === "name" && <Rename passkey={passkey} onClose={close} />}
      {asked === "removal" && <Remove {...{ passkey, site, onRemoved }} onClose={close} />}
    </li>
  );
}

function Rename({ passkey, onClose }: { passkey: Passkey; onClose: () => void }) {
  const cache = useQueryClient();
  const [name, setName] = useState(passkey.name);
  const act = async () => {
    const path = { passkey: passkey.id };
    await answer(client.PATCH("/api/account/passkeys/{passkey}", { params: { path }, body: { name } }));
    await cache.invalidateQueries({ queryKey: passkeysQuery.queryKey });
  };
  return (
    <DeedDialog
      title="Rename the passkey"
      button="Save"
      ready={name.trim() !== ""}
      act={act}
      onClose={onClose}
    >
      <PasskeyName value={name} onChange={setName} />
    </DeedDialog>
  );
}

function Remove({ passkey, site, onRemoved, onClose }: RowProps & { onClose: () => void }) {
  const cache = useQueryClient();
  const { first, dialog } = useConfirmation();
  const act = async () => {
    await first(() => removePasskey(passkey, site));
    onRemoved(passkey);
    await cache.invalidateQueries({ queryKey: passkeysQuery.queryKey });
  };
  return (
    <>
      <DeedDialog title="Remove the passkey" button="Remove" danger act={act} onClose={onClose}>
        <p>
          <b>{passkey.name}</b> signs you in no more. Your password and other passkeys still do; where you are
          signed in you stay so.
        </p>
      </DeedDialog>
      {dialog}
    </>
  );
}
