import { useRef, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { useStatus } from "../reader/status";
import { useKeys } from "../ui/keys";
import { count } from "../ui/words";
import { Disagreement } from "./Disagreement";
import { OwnStretch } from "./OwnStretch";
import type { Disagreed, Round, RoundDecision } from "./queries";

interface Props {
  round: Round;
  items: Disagreed[];
  total: number;
  /** Of the whole round, when the items were read. */
  undecided: number;
}

/** What identifies a disagreement. */
const keyOf = ({ version, passage, concept }: Disagreed) => `${version} ${passage} ${concept.id}`;

/** Disagreements, each decided with one key. What was decided stays in its place, to be taken back. */
export function Items({ round, items, total, undecided }: Props) {
  const list = useRef<HTMLOListElement>(null);
  const { say, status } = useStatus();
  const [decisions, setDecisions] = useState<ReadonlyMap<string, RoundDecision | undefined>>(
    () => new Map(items.map((item) => [keyOf(item), item.decision])),
  );
  const [notes, setNotes] = useState<ReadonlyMap<string, string>>(
    () => new Map(items.map((item) => [keyOf(item), item.decision?.note ?? ""])),
  );
  const [own, setOwn] = useState<Disagreed>();
  const last = useRef<Disagreed>(undefined);

  const elements = () => [...(list.current?.querySelectorAll<HTMLElement>("li.disagreement") ?? [])];
  const focusOn = (index: number) => {
    const next = elements()[index];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
  const at = () => elements().findIndex((one) => one.contains(document.activeElement));
  const step = (by: 1 | -1) => focusOn(Math.min(items.length - 1, Math.max(0, at() + by)));
  const open = (item: Disagreed) => !decisions.get(keyOf(item));
  /** The item with the focus or, without one, the first that is open. */
  const current = () => items[at()] ?? items.find(open);

  const decide = async (
    item: Disagreed | undefined,
    accepted: string[],
    stretches?: { start: number; end: number }[],
  ) => {
    if (!item) return say("There is nothing to decide");
    const { version, passage, concept } = item;
    try {
      const decision = await answer(
        client.POST("/api/rounds/{round}/decisions", {
          params: { path: { round: round.id } },
          body: { version, passage, concept: concept.id, accepted, stretches, note: notes.get(keyOf(item)) },
        }),
      );
      last.current = item;
      const now = new Map(decisions).set(keyOf(item), decision);
      setDecisions(now);
      const next = items.findIndex((one) => !now.get(keyOf(one)));
      say(next < 0 ? "Decided. That was the last one. Press u to undo." : "Decided. Press u to undo.");
      focusOn(next < 0 ? items.indexOf(item) : next);
    } catch (error) {
      say(asProblem(error).message);
    }
  };
  const undo = async (item = last.current) => {
    const decision = item && decisions.get(keyOf(item));
    if (!item || !decision) return say("Nothing to undo");
    try {
      const path = { round: round.id, decision: decision.id };
      await answer(client.DELETE("/api/rounds/{round}/decisions/{decision}", { params: { path } }));
      setDecisions(new Map(decisions).set(keyOf(item), undefined));
      say("Taken back: it is to decide again");
      focusOn(items.indexOf(item));
    } catch (error) {
      say(asProblem(error).message);
    }
  };
  const coder = (item: Disagreed | undefined, index: number) => {
    const found = item?.coders[index];
    if (!found) return say("There is no such coder");
    return void decide(item, [found.id]);
  };
  const all = (item = current()) => void decide(item, item?.coders.map(({ id }) => id) ?? []);
  const none = (item = current()) => void decide(item, []);
  const numbered = Object.fromEntries(
    [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [String(n), () => coder(current(), n - 1)]),
  );
  const note = () => {
    const item = current();
    const field = item && elements()[items.indexOf(item)]?.querySelector("textarea");
    if (!field) return say("Undo the decision first: its note goes with it");
    field.focus();
  };
  const keys = { b: () => all(), n: () => none(), o: () => setOwn(current()), m: note, u: () => void undo() };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    ...(round.mayAdjudicate ? { ...numbered, ...keys } : {}),
  });

  const before = items.filter((item) => !item.decision).length;
  const left = undecided - before + items.filter(open).length;
  return (
    <>
      <p role="status" className="tally">
        {left === 0 ? "Everything is decided." : `${count(left, "disagreement")} to decide.`}{" "}
        <span className="small muted">{count(total, "disagreement")} shown by these filters.</span>
      </p>
      <ol ref={list} className="items">
        {items.map((item) => (
          <Disagreement
            key={keyOf(item)}
            item={item}
            decision={decisions.get(keyOf(item))}
            may={round.mayAdjudicate}
            note={notes.get(keyOf(item)) ?? ""}
            onNote={(words) => setNotes(new Map(notes).set(keyOf(item), words))}
            onCoder={(index) => coder(item, index)}
            onAll={() => all(item)}
            onNone={() => none(item)}
            onOwn={() => setOwn(item)}
            onUndo={() => void undo(item)}
          />
        ))}
      </ol>
      {own && (
        <OwnStretch
          item={own}
          onClose={() => setOwn(undefined)}
          onChoose={(stretch) => {
            setOwn(undefined);
            void decide(own, [], [stretch]);
          }}
        />
      )}
      {status}
    </>
  );
}
