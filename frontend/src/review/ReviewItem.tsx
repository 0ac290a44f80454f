import { Link } from "@tanstack/react-router";
import type { Schemas } from "../api/client";
import { Note } from "../reader/note";
import { Chip } from "../ui/Chip";
import { Wording } from "../ui/Wording";
import { sentence } from "../ui/words";
import type { Item } from "./data";

interface Props {
  item: Item;
  /** What was decided, in words; undefined while it is open. */
  decided: string | undefined;
  onConfirm: () => void;
  onAdjust: () => void;
  onLose: () => void;
  onPlace: (target: Schemas["Target"]) => void;
  onUndo: () => void;
}

/** One annotation to review: its words then and now, or where they may be, and what can be done. */
export function ReviewItem({ item, decided, onConfirm, onAdjust, onLose, onPlace, onUndo }: Props) {
  const { annotation, candidates } = item;
  const lost = annotation.placement.state === "lost";
  const title = `review-${annotation.id}`;
  return (
    <li className={decided ? "toreview decided" : "toreview"} tabIndex={-1} aria-labelledby={title}>
      <header>
        <h2 id={title}>
          {sentence(annotation.pinpoint)}{" "}
          <span className={`state ${annotation.placement.state}`}>
            {lost ? "its words are lost" : "its words, or those around them, changed"}
          </span>
        </h2>
        <Link
          className="small"
          to="/read/$document"
          params={{ document: annotation.document }}
          search={{ version: annotation.version, annotation: annotation.id }}
        >
          As it was made
        </Link>
      </header>
      <div className="about">
        {annotation.concepts.map((concept) => (
          <Chip key={concept.id} family={concept.family}>
            {concept.label}
          </Chip>
        ))}
        {annotation.note !== "" && <Note text={annotation.note} />}
      </div>
      {lost ? <Lost item={item} open={!decided} onPlace={onPlace} /> : <Changed item={item} />}
      {decided ? (
        <p className="bar">
          <b>{decided}.</b>
          <button type="button" className="btn" onClick={onUndo}>
            Undo <kbd className="kbd">u</kbd>
          </button>
        </p>
      ) : (
        <p className="bar">
          {!lost && (
            <button type="button" className="btn pri" onClick={onConfirm}>
              Confirm <kbd className="kbd">c</kbd>
            </button>
          )}
          <button type="button" className="btn" onClick={onAdjust}>
            {lost ? "Select a place" : "Adjust"} <kbd className="kbd">a</kbd>
          </button>
          <button type="button" className="btn" onClick={onLose}>
            Keep as lost <kbd className="kbd">x</kbd>
          </button>
          {lost && candidates.length > 0 && (
            <span className="small muted">
              or <kbd className="kbd">1</kbd>
              {candidates.length > 1 && (
                <>
                  {" "}
                  to <kbd className="kbd">{candidates.length}</kbd>
                </>
              )}{" "}
              for a candidate
            </span>
          )}
        </p>
      )}
    </li>
  );
}

function Changed({ item }: { item: Item }) {
  return (
    <>
      <p className="tiny muted">Then and now{item.nowPinpoint && `, in ${item.nowPinpoint}`}</p>
      <Wording pieces={item.wording} />
    </>
  );
}

interface LostProps {
  item: Item;
  open: boolean;
  onPlace: (target: Schemas["Target"]) => void;
}

function Lost({ item, open, onPlace }: LostProps) {
  return (
    <>
      <p className="tiny muted">Its last words</p>
      <blockquote>{item.annotation.target.exact}</blockquote>
      {item.candidates.length === 0 ? (
        <p className="small muted">Nothing in the text is like them.</p>
      ) : (
        <>
          <p className="tiny muted">What is most like them in the text</p>
          <ol className="candidates">
            {item.candidates.map((candidate, index) => (
              <li key={candidate.target.start}>
                <p className="small">
                  {sentence(candidate.pinpoint)}{" "}
                  {open && (
                    <button
                      type="button"
                      className="btn"
                      aria-label={`Place it in ${candidate.pinpoint}, candidate ${index + 1}`}
                      onClick={() => onPlace(candidate.target)}
                    >
                      Place here <kbd className="kbd">{index + 1}</kbd>
                    </button>
                  )}
                </p>
                <Wording pieces={candidate.wording} />
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
