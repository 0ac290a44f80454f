import { memo, type RefObject } from "react";
import { Chip } from "../ui/Chip";
import { day, initials } from "../ui/words";
import type { Annotation } from "./edition";
import { Note } from "./note";
import { plainFamily } from "./outline";

/** What can be done with a card. */
export interface CardActions {
  activate: (id: string) => void;
  hover: (id: string | null) => void;
  edit: (annotation: Annotation) => void;
  remove: (annotation: Annotation) => void;
}

interface Props {
  annotation: Annotation;
  active: boolean;
  /** Whether it has no place in the version on the screen. */
  lost?: boolean;
  actions: RefObject<CardActions>;
}

export const cardId = (id: string) => `annotation-${id}`;

/** An annotation in the margin. */
export const Card = memo(function Card({ annotation, active, lost = false, actions }: Props) {
  const { id, concepts, note, creator, visibility } = annotation;
  const family = concepts[0]?.family ?? plainFamily;
  const mayEdit = annotation.editable && !lost;
  return (
    <div
      id={cardId(id)}
      role="comment"
      className={`comment f${family}${active ? " active" : ""}`}
      aria-label={`${annotation.pinpoint}, by ${creator.name}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the focus on a card brings out its place in the text
      tabIndex={0}
      onFocus={() => actions.current?.activate(id)}
      onClick={() => actions.current?.activate(id)}
      onPointerEnter={() => actions.current?.hover(id)}
      onPointerLeave={() => actions.current?.hover(null)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.target !== event.currentTarget || !mayEdit) return;
        event.preventDefault();
        actions.current?.edit(annotation);
      }}
    >
      <span className="by" title={creator.name}>
        {visibility === "private" && (
          <span className="lock" role="img" aria-label="Private" title="Only you can see this" />
        )}
        <span aria-hidden="true">{initials(creator.name)}</span>
      </span>
      {concepts.length > 0 && (
        <div className="chips">
          {concepts.map((concept) => (
            <Chip key={concept.id} family={concept.family}>
              {concept.label}
            </Chip>
          ))}
        </div>
      )}
      {!(annotation.placement.reviewed && !lost) && (
        <State state={lost ? "lost" : annotation.placement.state} />
      )}
      {note !== "" && (
        <div className="words">
          <Note text={note} />
        </div>
      )}
      {lost && <q className="lost-words">{shortened(annotation.target.exact)}</q>}
      {active && (
        <footer>
          <span>
            {creator.name} ·{" "}
            <time dateTime={new Date(annotation.modified).toISOString()}>{day(annotation.modified)}</time> ·{" "}
            {visibility === "group" ? annotation.groupName : visibility}
          </span>
          {mayEdit && (
            <button type="button" className="link" onClick={() => actions.current?.edit(annotation)}>
              Edit
            </button>
          )}
          {annotation.editable && (
            <button type="button" className="link danger" onClick={() => actions.current?.remove(annotation)}>
              Delete
            </button>
          )}
        </footer>
      )}
    </div>
  );
});

const states = {
  moved: "Moved with its words",
  changed: "The text changed here: please review",
  lost: "Its words are gone from this version",
} as const;

function State({ state }: { state: Annotation["placement"]["state"] }) {
  return state === "same" ? null : <p className={`state ${state}`}>{states[state]}</p>;
}

const longest = 240;

function shortened(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
