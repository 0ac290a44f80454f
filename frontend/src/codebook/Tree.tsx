import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Chip } from "../ui/Chip";
import { number } from "../ui/words";
import { type Row, stepOf, typedAhead } from "./tree";

interface Props {
  rows: Row[];
  chosen: string | undefined;
  onChoose: (id: string) => void;
  onOpen: (id: string, open: boolean) => void;
}

/** How long letters typed one after the other count as one word, in milliseconds. */
const patience = 700;

/** The concepts as a tree: arrow keys go through it, Enter shows a concept. */
export function Tree({ rows, chosen, onChoose, onOpen }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const [active, setActive] = useState<string>();
  const at = Math.max(
    0,
    rows.findIndex((row) => row.concept.id === (active ?? chosen)),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another concept is shown: the tree goes on from it
  useEffect(() => setActive(undefined), [chosen]);

  const goTo = (index: number) => {
    const row = rows[index];
    if (!row) return;
    setActive(row.concept.id);
    list.current?.querySelector<HTMLElement>(`[data-concept="${CSS.escape(row.concept.id)}"]`)?.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[at];
    if (!row) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      return onChoose(row.concept.id);
    }
    const step = stepOf(event.key, rows, at);
    if (step) {
      event.preventDefault();
      if ("to" in step) goTo(step.to);
      else if ("open" in step) onOpen(step.open, true);
      else onOpen(step.close, false);
    } else if (event.shiftKey && /^\p{L}$/u.test(event.key)) {
      // Small letters are the keys of the screen.
      const now = Date.now();
      typed.current = {
        text: (now - typed.current.at < patience ? typed.current.text : "") + event.key,
        at: now,
      };
      goTo(typedAhead(rows, at, typed.current.text));
    }
  };
  return (
    <div ref={list} className="codebook-tree" role="tree" aria-label="Concepts" onKeyDown={onKey}>
      {rows.map((row, index) => {
        const { concept, level } = row;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the tree
          <div
            key={concept.id}
            role="treeitem"
            data-concept={concept.id}
            aria-level={level}
            aria-posinset={row.place}
            aria-setsize={row.siblings}
            aria-expanded={row.parent ? row.open : undefined}
            aria-selected={concept.id === chosen}
            tabIndex={index === at ? 0 : -1}
            style={{ paddingInlineStart: `${(level - 1) * 18 + 4}px` }}
            onClick={() => {
              setActive(concept.id);
              onChoose(concept.id);
            }}
            onFocus={() => setActive(concept.id)}
          >
            <span
              className="twist"
              aria-hidden="true"
              onClick={(event) => {
                if (!row.parent) return;
                event.stopPropagation();
                onOpen(concept.id, !row.open);
              }}
            >
              {row.parent ? (row.open ? "▾" : "▸") : ""}
            </span>
            <Chip family={concept.family}>{concept.label}</Chip>
            {concept.status !== "accepted" && <span className="standing">{concept.status}</span>}
            <span className="grow" />
            <span className="tiny muted">
              {number(concept.used)}
              <span className="sr"> annotations</span>
            </span>
          </div>
        );
      })}
    </div>
  );
}
