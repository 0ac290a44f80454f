import { Link } from "@tanstack/react-router";
import { type DragEvent, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useSession } from "../account/session";
import type { Picked } from "./batches";
import { fromDrop, fromInput } from "./dropped";
import { ImportProgress } from "./ImportProgress";
import { currentImport, onImport, startImport } from "./importing";

/** The way to bring documents in, for those who may; others are told why not. */
export function ImportPanel() {
  const session = useSession();
  const state = useSyncExternalStore(onImport, currentImport);
  if (!session) return null;
  if (!session.mayImport) return <MayNot signedIn={session.signedIn} />;
  return (
    <section aria-labelledby="import" className="import">
      <h2 id="import" className="sr">
        Import documents
      </h2>
      {!state?.running && <DropZone />}
      {state && <ImportProgress state={state} />}
    </section>
  );
}

function MayNot({ signedIn }: { signedIn: boolean }) {
  return (
    <p className="notice small import">
      {signedIn ? (
        "Only editors and administrators import documents; your account is neither. Ask an administrator."
      ) : (
        <>
          Only editors and administrators import documents.{" "}
          <Link to="/signin" search={{ return: "/library" }}>
            Sign in
          </Link>{" "}
          to import; searching and reading need no account.
        </>
      )}
    </p>
  );
}

function DropZone() {
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState("");
  const begin = (picked: Picked[]) => {
    setFault("");
    if (picked.length > 0) void startImport(picked);
  };
  useMissedDrops();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    fromDrop(event.dataTransfer).then(begin, (error: unknown) =>
      setFault(`The dropped files cannot be read: ${error instanceof Error ? error.message : String(error)}`),
    );
  };
  const take = (input: HTMLInputElement) => {
    begin(fromInput(input.files ?? new DataTransfer().files));
    input.value = "";
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse; the buttons inside do the same
    <div
      className={over ? "drop over" : "drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p className="grow">
        <b>Drop files or folders here</b>
        <br />
        <span className="small muted">
          PDF, Word (.docx), Markdown, text, HTML and saved pages (.mhtml), ToTA and Formex XML; a
          manifest.json beside them gives their metadata. Comments in Word files become your private
          annotations.
        </span>
      </p>
      <button type="button" className="btn" onClick={() => files.current?.click()}>
        Choose files
      </button>
      <button type="button" className="btn" onClick={() => folder.current?.click()}>
        Choose a folder
      </button>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={(input) => {
          folder.current = input;
          if (input) input.webkitdirectory = true;
        }}
        type="file"
        multiple
        hidden
        aria-label="Folder to import"
        onChange={(event) => take(event.currentTarget)}
      />
      {fault && (
        <p className="notice err small" role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

/** A file that is dropped beside the zone must not replace the page. */
function useMissedDrops() {
  useEffect(() => {
    const stay = (event: Event) => event.preventDefault();
    addEventListener("dragover", stay);
    addEventListener("drop", stay);
    return () => {
      removeEventListener("dragover", stay);
      removeEventListener("drop", stay);
    };
  }, []);
}
