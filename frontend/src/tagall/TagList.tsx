import { type KeyboardEvent, useState } from "react";
import { Marked } from "../ui/Marked";
import { count, sentence } from "../ui/words";
import { keyOf, type Taggable, type Tagging } from "./data";

interface Props {
  groups: Tagging["groups"];
  total: number;
  /** Keys of the hits that are left out. */
  left: ReadonlySet<string>;
  onLeft: (left: ReadonlySet<string>) => void;
}

/** Of how many hits all are shown at once, and how many more of one document at a time. */
const shownAtOnce = 100;

/** Every hit by document; hits and whole documents can be left out. Arrow keys go from one box to the next. */
export function TagList({ groups, total, left, onLeft }: Props) {
  const leave = (hits: Taggable[], out: boolean) => {
    const now = new Set(left);
    for (const hit of hits) {
      if (out) now.add(keyOf(hit));
      else now.delete(keyOf(hit));
    }
    onLeft(now);
  };
  return (
    <ul className="tagged" aria-label="Hits by document" onKeyDown={walk}>
      {groups.map((group) => (
        <TagGroup key={group.document} group={group} few={total <= shownAtOnce} left={left} onLeave={leave} />
      ))}
    </ul>
  );
}

/** Moves the focus to the box above or below. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0 || !(event.target instanceof HTMLInputElement)) return;
  const boxes = [...event.currentTarget.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  event.preventDefault();
  boxes[boxes.indexOf(event.target) + by]?.focus();
}

interface GroupProps {
  group: Tagging["groups"][number];
  /** Whether all hits are shown from the beginning. */
  few: boolean;
  left: ReadonlySet<string>;
  onLeave: (hits: Taggable[], out: boolean) => void;
}

function TagGroup({ group, few, left, onLeave }: GroupProps) {
  const [shown, setShown] = useState(few ? shownAtOnce : 0);
  const out = group.hits.filter((hit) => left.has(keyOf(hit))).length;
  return (
    <li>
      <div className="row of">
        <label className="grow">
          <input
            type="checkbox"
            checked={out < group.hits.length}
            ref={(box) => {
              if (box) box.indeterminate = out > 0 && out < group.hits.length;
            }}
            onChange={() => onLeave(group.hits, out === 0)}
          />
          <b>{group.name}</b>{" "}
          <span className="small muted">
            {out > 0
              ? `${group.hits.length - out} of ${count(group.hits.length, "hit")}`
              : count(group.hits.length, "hit")}
          </span>
        </label>
        {shown < group.hits.length && (
          <button type="button" className="link small" onClick={() => setShown(shown + shownAtOnce)}>
            Show {shown > 0 ? "more" : "them"} <span className="sr">of {group.name}</span>
          </button>
        )}
      </div>
      {shown > 0 && (
        <ul>
          {group.hits.slice(0, shown).map((hit) => (
            <li key={keyOf(hit)} className={left.has(keyOf(hit)) ? "out" : undefined}>
              <label>
                <input
                  type="checkbox"
                  checked={!left.has(keyOf(hit))}
                  onChange={() => onLeave([hit], !left.has(keyOf(hit)))}
                />
                <span>
                  <span className="small">{sentence(hit.pinpoint)}</span>{" "}
                  <span className="words" lang={hit.language}>
                    <Marked text={hit.snippet.text} start={hit.snippet.start} spans={hit.stretches} />
                  </span>{" "}
                  <Rest hit={hit} />
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** What is tagged beyond what is shown. */
function Rest({ hit }: { hit: Taggable }) {
  const beyond = hit.stretches.filter(({ start }) => start >= hit.snippet.end).length;
  const last = hit.stretches.at(-1);
  const words = [
    beyond > 0 && `and ${count(beyond, "stretch", "stretches")} further on`,
    beyond === 0 &&
      last &&
      last.end > hit.snippet.end &&
      `… ${count(last.end - hit.snippet.end, "character")} more`,
    hit.left > 0 && `without ${count(hit.left, "stretch", "stretches")}: one tag has 50 at most`,
  ].filter(Boolean);
  return words.length > 0 ? <span className="small muted">{words.join("; ")}</span> : null;
}
