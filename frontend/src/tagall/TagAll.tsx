import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useSession } from "../account/session";
import { asProblem, type Schemas } from "../api/client";
import type { SearchAddress } from "../search/address";
import { Dialog } from "../ui/Dialog";
import { useKeys } from "../ui/keys";
import { count } from "../ui/words";
import { undoOperation } from "./data";
import { TagForm } from "./TagForm";
import "./tagall.css";

interface Props {
  address: SearchAddress;
  open: boolean;
  onClose: () => void;
}

/** Tags all hits of a search: the dialog and, when it is done, what came of it, with the way back. */
export default function TagAll({ address, open, onClose }: Props) {
  const session = useSession();
  const [done, setDone] = useState<Schemas["TaggedAll"] | null>(null);
  const [said, setSaid] = useState("");
  const undo = async () => {
    if (!done?.operation) return;
    try {
      const { changed, kept } = await undoOperation(done.operation);
      setSaid(
        `Undone: ${count(changed.length, "tag")} taken back${kept.length > 0 ? `, ${kept.length} changed since and left` : ""}.`,
      );
    } catch (error) {
      setSaid(asProblem(error).message);
    }
    setDone(null);
  };
  useKeys(done?.operation ? { u: () => void undo() } : {});
  return (
    <>
      {open && (
        <Dialog title="Tag all hits" wide onClose={onClose}>
          {session?.signedIn ? (
            <TagForm
              address={address}
              onCancel={onClose}
              onDone={(tagged) => {
                setDone(tagged);
                setSaid(wordsOf(tagged));
                onClose();
              }}
            />
          ) : (
            <p>
              Tags belong to an account.{" "}
              <Link to="/signin" search={{ return: location.pathname + location.search }}>
                Sign in
              </Link>{" "}
              and you come back to this page.
            </p>
          )}
        </Dialog>
      )}
      <div className="taggedall noprint">
        <span role="status">{said}</span>
        {said && (
          <>
            {done?.operation && (
              <button type="button" className="btn" onClick={() => void undo()}>
                Undo <kbd className="kbd">u</kbd>
              </button>
            )}
            <button
              type="button"
              className="btn ghost"
              aria-label="Put the message away"
              onClick={() => {
                setSaid("");
                setDone(null);
              }}
            >
              ✕
            </button>
          </>
        )}
      </div>
    </>
  );
}

function wordsOf({ added, there }: Schemas["TaggedAll"]): string {
  const already =
    there > 0 ? `${count(there, "hit")} ${there === 1 ? "was" : "were"} tagged so already.` : "";
  if (added === 0) return `Nothing was added: ${already}`;
  return `${count(added, "hit")} tagged. ${already}`.trim();
}
