import { Link } from "@tanstack/react-router";
import { Note } from "../reader/note";
import { Chip } from "../ui/Chip";
import { Marked } from "../ui/Marked";
import { sentence } from "../ui/words";
import type { Disagreed, RoundDecision } from "./queries";

interface Props {
  item: Disagreed;
  decision: RoundDecision | undefined;
  /** Whether the reader may decide. */
  may: boolean;
  /** Why it is decided so. */
  note: string;
  onNote: (note: string) => void;
  onCoder: (index: number) => void;
  onAll: () => void;
  onNone: () => void;
  onOwn: () => void;
  onUndo: () => void;
}

/** One passage and one concept: what each coder tagged of the same words, side by side. */
export function Disagreement(props: Props) {
  const { item, decision, may, note, onNote, onCoder, onAll, onNone, onOwn, onUndo } = props;
  const title = `${item.version}-${item.passage}-${item.concept.id}`;
  const passage = `passage f${item.concept.family}`;
  const both = item.coders.length === 2 ? "Both" : "All";
  return (
    <li
      className={decision ? "card disagreement decided" : "card disagreement"}
      tabIndex={-1}
      aria-labelledby={title}
    >
      <header className="row">
        <h2 id={title}>
          {item.title}, {item.pinpoint}: <Chip family={item.concept.family}>{item.concept.label}</Chip>
        </h2>
        <span className="small muted">
          {item.kind === "presence" ? "tagged or not" : "other beginning or end"}
        </span>
        <span className="grow" />
        <Link
          className="small"
          to="/read/$document"
          params={{ document: item.document }}
          search={{ version: item.version, at: item.passage }}
        >
          In the text
        </Link>
      </header>
      <ul className="columns">
        {item.coders.map((coder, index) => (
          <li key={coder.id}>
            <h3>
              {coder.name}{" "}
              <span className="small muted">{coder.stretches.length > 0 ? "tagged" : "not tagged"}</span>
            </h3>
            <p className={passage}>
              <Marked text={item.text} start={item.start} spans={coder.stretches} />
            </p>
            {coder.notes.map((note, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: notes have no other name and do not move
              <Note key={n} text={note} />
            ))}
            {may && (
              <button
                type="button"
                className="btn noprint"
                aria-label={`Accept ${coder.name}`}
                aria-pressed={decision?.accepted.length === 1 && decision.accepted[0] === coder.id}
                onClick={() => onCoder(index)}
              >
                Accept <kbd className="kbd">{index + 1}</kbd>
              </button>
            )}
          </li>
        ))}
      </ul>
      {decision && (
        <div className="decision">
          <p>
            <b>{sentence(words(item, decision))}</b>{" "}
            <span className="small muted">by {decision.who.name}</span>
          </p>
          {decision.stretches.length > 0 && (
            <p className={passage}>
              <Marked text={item.text} start={item.start} spans={decision.stretches} />
            </p>
          )}
          {decision.note !== "" && <Note text={decision.note} />}
        </div>
      )}
      {may && !decision && (
        <label className="field noprint">
          <span className="small">
            Why it is decided so: goes with the decision, may be left out <kbd className="kbd">m</kbd>
          </span>
          <textarea
            className="input"
            rows={1}
            maxLength={5000}
            value={note}
            onChange={(event) => onNote(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") event.currentTarget.closest("li")?.focus();
            }}
          />
        </label>
      )}
      {may && (
        <p className="row noprint">
          <button type="button" className="btn" onClick={onAll}>
            {both} <kbd className="kbd">b</kbd>
          </button>
          <button type="button" className="btn" onClick={onNone}>
            None <kbd className="kbd">n</kbd>
          </button>
          <button type="button" className="btn" onClick={onOwn}>
            Other words <kbd className="kbd">o</kbd>
          </button>
          {decision && (
            <button type="button" className="btn" onClick={onUndo}>
              Take back <kbd className="kbd">u</kbd>
            </button>
          )}
        </p>
      )}
    </li>
  );
}

/** What was decided, in words. */
function words(item: Disagreed, { accepted, stretches }: RoundDecision): string {
  const names = item.coders.filter((coder) => accepted.includes(coder.id)).map((coder) => coder.name);
  if (names.length === 0) return stretches.length > 0 ? "decided: other words" : "decided: not tagged";
  return `decided: as ${names.join(" and ")}`;
}
