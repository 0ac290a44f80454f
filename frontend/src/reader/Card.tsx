import { Link } from "@tanstack/react-router";
import { memo, type ReactNode, type RefObject } from "react";
import { Chip } from "../ui/Chip";
import { count, day, initials } from "../ui/words";
import type { Annotation } from "./edition";
import { Note } from "./note";
import { plainFamily } from "./outline";
import type { Thread } from "./threads";

/** What can be done with a card. */
export interface CardActions {
  activate: (id: string) => void;
  hover: (id: string | null) => void;
  edit: (annotation: Annotation) => void;
  remove: (annotation: Annotation) => void;
  reply: (thread: Thread) => void;
  adjust: (annotation: Annotation) => void;
  history: (annotation: Annotation) => void;
}

interface Props {
  thread: Thread;
  active: boolean;
  /** Whether it has no place in the version on the screen. */
  lost?: boolean;
  actions: RefObject<CardActions>;
  /** What is being written in answer, or in place of one. */
  writing?: ReactNode;
}

export const cardId = (id: string) => `annotation-${id}`;

/** An annotation in the margin, and its replies. */
export const Card = memo(function Card({ thread, active, lost = false, actions, writing }: Props) {
  const { id, head, gone, replies } = thread;
  const family = head.concepts[0]?.family ?? plainFamily;
  const mayEdit = head.editable && !lost;
  const stretches = 1 + (head.placement.more?.length ?? 0);
  const together = adjustsTogether(head);
  return (
    <div
      id={cardId(id)}
      role="comment"
      className={`comment f${family}${active ? " active" : ""}`}
      aria-label={
        gone ? "A deleted annotation" : `${head.pinpoint || "The document"}, by ${head.creator.name}`
      }
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the focus on a card brings out its place in the text
      tabIndex={0}
      onFocus={() => actions.current?.activate(id)}
      onClick={() => actions.current?.activate(id)}
      onPointerEnter={() => actions.current?.hover(id)}
      onPointerLeave={() => actions.current?.hover(null)}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || event.target !== event.currentTarget || !mayEdit) return;
        event.preventDefault();
        actions.current?.edit(head);
      }}
    >
      {gone ? <p className="muted">This annotation was deleted.</p> : <By annotation={head} />}
      {head.absent && <p className="absence">Read in full: nothing on</p>}
      {head.concepts.length > 0 && (
        <div className="chips">
          {head.concepts.map((concept) => (
            <Chip key={concept.id} family={concept.family}>
              {concept.label}
            </Chip>
          ))}
        </div>
      )}
      {stretches > 1 && <p className="tiny muted">{count(stretches, "stretch", "stretches")}</p>}
      {!(head.placement.reviewed && !lost) && <State state={lost ? "lost" : head.placement.state} />}
      {head.note !== "" && (
        <div className="words">
          <Note text={head.note} />
        </div>
      )}
      {lost && <q className="lost-words">{shortened(head.target.exact)}</q>}
      {active && mayEdit && together && (
        <p className="tiny muted">
          They were chosen on another version and are adjusted there; here they follow.{" "}
          <Link
            to="/read/$document"
            params={{ document: head.document }}
            search={{ version: head.version, annotation: id }}
          >
            Adjust them there
          </Link>
        </p>
      )}
      {active && !gone && (
        <Foot annotation={head} mayEdit={mayEdit} actions={actions}>
          {mayEdit && head.placement.target.end > 0 && !together && (
            <button type="button" className="link" onClick={() => actions.current?.adjust(head)}>
              Adjust
            </button>
          )}
        </Foot>
      )}
      {replies.length > 0 && !active && (
        <p className="tiny muted">{count(replies.length, "reply", "replies")}</p>
      )}
      {replies.length > 0 && active && (
        <ol className="replies" aria-label="Replies">
          {replies.map((reply) => (
            <Reply key={reply.id} reply={reply} actions={actions} />
          ))}
        </ol>
      )}
      {writing}
      {active && !writing && (
        <button type="button" className="link answer" onClick={() => actions.current?.reply(thread)}>
          Reply
        </button>
      )}
    </div>
  );
});

/** Whether it has several stretches and was carried to this version: one place here can be told for all, not one for each. */
export function adjustsTogether({ version, placement }: Annotation): boolean {
  return version !== placement.version && (placement.more?.length ?? 0) > 0;
}

function Reply({ reply, actions }: { reply: Annotation; actions: RefObject<CardActions> }) {
  return (
    <li>
      <div role="comment" aria-label={`Reply by ${reply.creator.name}`}>
        <By annotation={reply} />
        <div className="words">
          <Note text={reply.note} />
        </div>
        <Foot annotation={reply} mayEdit={reply.editable} actions={actions} />
      </div>
    </li>
  );
}

function By({ annotation: { creator, visibility, groupName } }: { annotation: Annotation }) {
  return (
    <span className="by" title={creator.name}>
      {visibility === "private" && (
        <span className="lock" role="img" aria-label="Private" title="Only you can see this" />
      )}
      {visibility === "group" && <span title="For a group">{groupName}</span>}
      <span aria-hidden="true">{initials(creator.name)}</span>
    </span>
  );
}

interface FootProps {
  annotation: Annotation;
  mayEdit: boolean;
  actions: RefObject<CardActions>;
  children?: ReactNode;
}

/** Who said it when, and what can be done with it. */
function Foot({ annotation, mayEdit, actions, children }: FootProps) {
  const { creator, modified, visibility, editable } = annotation;
  return (
    <footer>
      <span>
        {creator.name} · <time dateTime={new Date(modified).toISOString()}>{day(modified)}</time> ·{" "}
        {visibility === "group" ? annotation.groupName : visibility}
      </span>
      {mayEdit && (
        <button type="button" className="link" onClick={() => actions.current?.edit(annotation)}>
          Edit
        </button>
      )}
      {children}
      {modified !== annotation.created && (
        <button type="button" className="link" onClick={() => actions.current?.history(annotation)}>
          History
        </button>
      )}
      {editable && (
        <button type="button" className="link danger" onClick={() => actions.current?.remove(annotation)}>
          Delete
        </button>
      )}
    </footer>
  );
}

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
