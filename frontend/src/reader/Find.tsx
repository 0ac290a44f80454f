import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { isQueryFault } from "../search/isQueryFault";
import { useDebounced } from "../ui/useDebounced";
import { number } from "../ui/words";
import type { Found } from "./found";
import "./find.css";

const QueryFault = lazy(() => import("../search/QueryFault"));

/** How long the typing must stand still before the text is searched, in milliseconds. */
const patience = 150;

interface Props {
  q: string | undefined;
  found: Found;
  /** Index of the current hit, -1 before the first. */
  hit: number;
  /** Whether one types. */
  open: boolean;
  onOpen: () => void;
  /** The typing is over; the focus goes back to the text. */
  onLeave: () => void;
  onQuery: (q: string) => void;
  onStep: (step: 1 | -1) => void;
}

/** The query that is on, its hits in this text, and the way from one to the next; a click or a key makes it a field. */
export function Find({ q, found, hit, open, onOpen, onLeave, onQuery, onStep }: Props) {
  const { hits, problem } = found;
  const step = (by: 1 | -1, name: string, arrow: string, key: string) => (
    <button
      type="button"
      className="btn"
      aria-label={name}
      disabled={hits.length === 0}
      onClick={() => onStep(by)}
    >
      {arrow}{" "}
      <span className="kbd" aria-hidden="true">
        {key}
      </span>
    </button>
  );
  return (
    <search className="find" aria-label="In this text">
      {open ? (
        <Field q={q} onQuery={onQuery} onLeave={onLeave} onStep={onStep} />
      ) : (
        <button type="button" className="btn opener-find" title={q} onClick={onOpen}>
          <span aria-hidden="true">⌕</span>
          <span className="sr">Find in this text{q && `: ${q}`}</span>
          <span className="query" aria-hidden="true">
            {q ?? "Find"}
          </span>
          <span className="kbd" aria-hidden="true">
            f
          </span>
        </button>
      )}
      {q && (
        <>
          <Counter found={found} hit={hit} />
          {step(-1, "Previous hit", "↑", "N")}
          {step(1, "Next hit", "↓", "n")}
        </>
      )}
      {problem && (
        <div className="find-fault card" role="alert">
          {isQueryFault(problem) ? (
            <Suspense fallback={problem.message}>
              <QueryFault problem={problem} query={q ?? ""} onRepair={onQuery} />
            </Suspense>
          ) : (
            <p>The query could not be run on this text: {problem.message}</p>
          )}
        </div>
      )}
    </search>
  );
}

function Counter({ found: { hits, passages, waiting, problem }, hit }: { found: Found; hit: number }) {
  if (problem) return <span className="counter">not searched</span>;
  if (waiting && hits.length === 0) return <span className="counter">…</span>;
  if (hits.length === 0) {
    return <span className="counter">{passages > 0 ? "no words to mark" : "no hits"}</span>;
  }
  return (
    <span className={waiting ? "counter stale" : "counter"}>
      <b>{hit >= 0 ? number(hit + 1) : "–"}</b> of {number(hits.length)}
      <span className="sr"> hits</span>
    </span>
  );
}

type FieldProps = Pick<Props, "q" | "onQuery" | "onLeave" | "onStep">;

/** Asks as soon as the typing stands still; Enter goes from hit to hit, Escape leaves. */
function Field({ q = "", onQuery, onLeave, onStep }: FieldProps) {
  const [text, setText] = useState(q);
  const field = useRef<HTMLInputElement>(null);
  const still = useDebounced(text.trim(), patience);
  const asked = useRef(q);
  useEffect(() => field.current?.select(), []);
  useEffect(() => {
    if (still === asked.current) return;
    asked.current = still;
    onQuery(still);
  }, [still, onQuery]);
  // A repair, or another address, brings another query.
  useEffect(() => {
    if (q === asked.current) return;
    asked.current = q;
    setText(q);
  }, [q]);
  return (
    <input
      ref={field}
      className="input"
      type="text"
      inputMode="search"
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      aria-label="Find in this text"
      placeholder="Find in this text"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") onLeave();
        else if (event.key === "Enter") onStep(event.shiftKey ? -1 : 1);
        else return;
        event.preventDefault();
      }}
    />
  );
}
