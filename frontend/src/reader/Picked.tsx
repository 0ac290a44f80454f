import { useState } from "react";
import type { Schemas } from "../api/client";
import { recentConcepts } from "./recent";
import { keepsSelection } from "./selection";

interface Props {
  /** Whether what is selected is a further stretch of what is being written. */
  further: boolean;
  /** Adds it, or begins to write about it. */
  onWrite: (focus: "concepts" | "note") => void;
  /** Tags with the concept of this number among the last ones. */
  onRecent: (nth: number) => void;
  onCite: () => void;
}

/** What can be done with words that a finger has selected, in one line at the foot of a narrow window. */
export function Picked({ further, onWrite, onRecent, onCite }: Props) {
  const [recent] = useState<Schemas["ConceptRef"][]>(recentConcepts);
  return (
    <div
      role="toolbar"
      aria-label="Selected words"
      className="picked noprint"
      // The press would take the selection away before it is used.
      onMouseDown={(event) => event.preventDefault()}
      {...{ [keepsSelection]: "" }}
    >
      {further ? (
        <button type="button" className="btn pri" onClick={() => onWrite("note")}>
          Add this stretch
        </button>
      ) : (
        <>
          <button type="button" className="btn pri" onClick={() => onWrite("concepts")}>
            Tag
          </button>
          <button type="button" className="btn" onClick={() => onWrite("note")}>
            Note
          </button>
          <button type="button" className="btn" onClick={onCite}>
            Cite
          </button>
          {recent.map((concept, nth) => (
            <button
              key={concept.id}
              type="button"
              className={`chip f${concept.family}`}
              onClick={() => onRecent(nth)}
            >
              {concept.label}
            </button>
          ))}
        </>
      )}
    </div>
  );
}
