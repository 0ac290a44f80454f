import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useRef } from "react";
import { asProblem } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { count, number } from "../ui/words";
import { type Outcome, type Send, undo } from "./sending";

const one = (what: string) => what.replace(/s$/, "");

interface Props {
  /** What is taken in, in the plural. */
  what: string;
  /** Endings of files, as an input takes them. */
  accept: string;
  send: Send;
}

/** Takes in a file: first what would be done, then, if one wants it, that, and the way back. */
export function TakeIn({ what, accept, send }: Props) {
  const cache = useQueryClient();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const preview = useMutation({ mutationFn: (file: File) => send(file, true) });
  const take = useMutation({
    mutationFn: (file: File) => send(file, false),
    onSuccess: () => cache.invalidateQueries(),
  });
  const back = useMutation({ mutationFn: undo, onSuccess: () => cache.invalidateQueries() });
  const file = preview.variables;
  const restart = () => {
    preview.reset();
    take.reset();
    back.reset();
  };
  const problem = preview.error ?? take.error ?? back.error;
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor={id}>File of {what}</label>
        <input
          id={id}
          ref={input}
          type="file"
          accept={accept}
          onChange={(event) => {
            restart();
            const chosen = event.currentTarget.files?.[0];
            if (chosen) preview.mutate(chosen);
          }}
        />
      </div>
      {problem && <ProblemNotice problem={asProblem(problem)} />}
      <div role="status" className="stack">
        {preview.isPending && <p className="small muted">Reading the file…</p>}
        {take.isPending && <p className="small muted">Taking it in…</p>}
        {preview.data && !take.data && !take.isPending && <Told outcome={preview.data} what={what} future />}
        {take.data && !back.data && <Told outcome={take.data} what={what} />}
        {back.data && <p className="notice ok small">Undone: it is as it was before.</p>}
      </div>
      {file && preview.data && preview.data.taken > 0 && !take.data && (
        <p className="row">
          <button
            type="button"
            className="btn pri"
            disabled={take.isPending}
            onClick={() => take.mutate(file)}
          >
            Take in {count(preview.data.taken, one(what), what)}
          </button>
          <button
            type="button"
            className="btn"
            onClick={() => {
              restart();
              if (input.current) input.current.value = "";
            }}
          >
            Leave it
          </button>
        </p>
      )}
      {take.data?.operation && what === "annotations" && !back.data && (
        <p>
          <button
            type="button"
            className="btn"
            disabled={back.isPending}
            onClick={() => back.mutate(take.data.operation)}
          >
            Undo
          </button>
        </p>
      )}
    </div>
  );
}

function Told({ outcome, what, future }: { outcome: Outcome; what: string; future?: boolean }) {
  const { taken, there, refused, refusals, remarks } = outcome;
  return (
    <>
      <p>
        <b>{count(taken, one(what), what)}</b> {future ? "would be taken in" : "taken in"},{" "}
        <b>{number(there)}</b> there already, <b>{number(refused)}</b> refused.
      </p>
      {remarks.length > 0 && (
        <ul className="small">
          {remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      {refusals.length > 0 && (
        <details className="small">
          <summary>
            Why {number(refused)} {refused === 1 ? "is" : "are"} refused
          </summary>
          <ul>
            {refusals.map(({ label, reason }) => (
              <li key={label + reason}>
                <b>{label}</b>: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
