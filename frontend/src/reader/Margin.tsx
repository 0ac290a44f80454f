import {
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { count } from "../ui/words";
import { Card, type CardActions, cardId } from "./Card";
import { type Draft, threadOf } from "./Composer";
import { type Edition, indexAt } from "./edition";
import { firstFrom, type Mark } from "./outline";
import { barBottom, reveal } from "./reveal";
import { stack } from "./stack";
import type { Sheet } from "./text";
import type { Thread } from "./threads";
import type { View } from "./view";

interface Props {
  edition: Edition;
  sheet: Sheet;
  view: View;
  marks: Mark[];
  threads: ReadonlyMap<string, Thread>;
  active: string | null;
  draft: Draft | null;
  actions: RefObject<CardActions>;
  /** What the reader writes an answer with, inside of a card. */
  writing: ReactNode;
  /** What the reader writes with, beside the text. */
  composer: ReactNode;
  /** What stands beside a unit of the text until it is shut. */
  panel: { at: number; content: ReactNode } | undefined;
  /** Stands in the place of the cards on a narrow screen; false if nothing does. */
  picked: ReactNode;
  /** The cards were put away on a narrow screen. */
  onShut: () => void;
  /** What lies over the cards for a moment. */
  glance: (margin: RefObject<HTMLElement | null>) => ReactNode;
  /** Stands above the cards. */
  filters: ReactNode;
  /** Whether the annotations are still being read. */
  busy: boolean;
  /** Whether there are no annotations at all. */
  empty: boolean;
  /** Why nobody knows how many there are; undefined once they have been read. */
  unread: string | undefined;
}

/** Whether the margin is a sheet at the foot of the window. */
export const narrow = matchMedia("(max-width: 760px)");

/** The cards beside the text. Only those near the window exist; on a narrow screen they are a sheet at its foot. */
export function Margin(props: Props) {
  const { edition, sheet, view, marks, active, draft, panel } = props;
  const margin = useRef<HTMLElement>(null);
  const near = useSyncExternalStore(view.subscribe, view.near);
  const shown = useMemo(() => marksNear(edition, marks, near), [edition, marks, near]);
  const hidden = props.composer ? draft?.editing?.id : undefined;
  const carded = useMemo(() => shown.filter((mark) => mark.annotation.id !== hidden), [shown, hidden]);
  useDetails(edition, sheet, carded);
  useStacking(margin, sheet, shown, active, draft ?? panel, near);
  const answered = threadOf(draft);
  const { open, turn } = useOpening(margin, props);
  const { composer, picked } = props;
  const opened = !picked && (open || draft !== null || panel !== undefined);
  const state = draft?.adding ? "margin open adding" : "margin open";
  return (
    <aside ref={margin} className={opened ? state : "margin"} aria-label="Annotations" aria-busy={props.busy}>
      {props.glance(margin)}
      {picked || (
        <button type="button" className="handle noprint" aria-expanded={opened} onClick={turn}>
          {props.unread ??
            (shown.length === 0 ? "No annotations here" : `${count(shown.length, "annotation")} near here`)}
        </button>
      )}
      <div className="cards">
        {props.filters}
        {panel && (
          <div className="slot" data-wish={panel.at} data-pinned="">
            {panel.content}
          </div>
        )}
        {carded.map((mark) => {
          const thread = props.threads.get(mark.annotation.id);
          if (!thread) return null;
          return (
            <div className="slot" key={thread.id} data-wish={mark.start}>
              <Card
                thread={thread}
                active={thread.id === active}
                actions={props.actions}
                writing={thread.id === answered ? props.writing : undefined}
              />
            </div>
          );
        })}
        {composer && (
          <div className="slot" data-wish={draft?.spans[0]?.start ?? 0} data-pinned="">
            {composer}
          </div>
        )}
        {props.empty && !draft && !panel && (
          <p className="hint noprint">
            No annotations yet. Select words of the text, or press <kbd className="kbd">t</kbd> on a
            paragraph, to tag them with a concept or to write a note.
          </p>
        )}
      </div>
    </aside>
  );
}

/**
 * On a narrow screen the cards are shown on demand, and while an annotation is chosen, whose card and words are then
 * brought into view; a press beside them puts them away.
 */
function useOpening(
  margin: RefObject<HTMLElement | null>,
  { edition, sheet, view, marks, active, onShut }: Props,
) {
  const [open, setOpen] = useState(false);
  const latest = useRef({ marks, active, onShut });
  useEffect(() => {
    latest.current = { marks, active, onShut };
  });
  useEffect(() => {
    if (!narrow.matches) return;
    setOpen(active !== null);
    const own = latest.current.marks.filter((mark) => mark.annotation.id === active);
    const { start, end } = view.place();
    const mark = own.find((one) => one.end > start && one.start < end) ?? own[0];
    if (mark) void reveal(edition, sheet, mark).then(() => bringCard(margin.current, mark.annotation.id));
  }, [active, edition, sheet, view, margin]);
  useEffect(() => {
    if (!open) return;
    const onClick = (event: MouseEvent) => {
      const path = event.composedPath();
      const beside = !path.some((one) => one === margin.current || one instanceof HTMLDialogElement);
      if (!narrow.matches || !beside) return;
      // In the text it is known only there whether the press was on an annotation.
      if (!path.includes(sheet.root)) latest.current.onShut();
      if (latest.current.active === null) setOpen(false);
    };
    document.addEventListener("click", onClick);
    return () => document.removeEventListener("click", onClick);
  }, [open, sheet, margin]);
  const turn = () => {
    if (open) onShut();
    setOpen(!open);
  };
  return { open, turn };
}

/** Scrolls the cards, and nothing else, to one of them. */
function bringCard(margin: HTMLElement | null, id: string): void {
  const cards = margin?.querySelector<HTMLElement>(".cards");
  const slot = document.getElementById(cardId(id))?.closest<HTMLElement>(".slot");
  if (cards && slot && cards.contains(slot)) cards.scrollTop = slot.offsetTop - cards.offsetTop;
}

/** The first stretches near the window, one of each annotation. */
function marksNear(edition: Edition, marks: Mark[], near: { from: number; to: number }): Mark[] {
  const from = edition.chunks[near.from]?.start ?? 0;
  const to = edition.chunks[near.to - 1]?.end ?? 0;
  const seen = new Set<string>();
  return marks.slice(firstFrom(marks, from), firstFrom(marks, to)).filter(({ annotation: { id } }) => {
    const first = !seen.has(id);
    seen.add(id);
    return first;
  });
}

/** Tells assistive technology which cards belong to a block: highlights themselves mean nothing to it. */
function useDetails(edition: Edition, sheet: Sheet, shown: Mark[]): void {
  useEffect(() => {
    const cards = new Map<HTMLElement, string[]>();
    for (const mark of shown) {
      const block = sheet.blocks[indexAt(edition.blocks, mark.start)];
      if (block) cards.set(block, [...(cards.get(block) ?? []), cardId(mark.annotation.id)]);
    }
    for (const [block, ids] of cards) block.setAttribute("aria-details", ids.join(" "));
    return () => {
      for (const block of cards.keys()) block.removeAttribute("aria-details");
    };
  }, [edition, sheet, shown]);
}

/** Puts each card beside its words, or as near below them as the other cards allow. */
function useStacking(
  margin: RefObject<HTMLElement | null>,
  sheet: Sheet,
  shown: Mark[],
  active: string | null,
  draft: unknown,
  near: unknown,
): void {
  const arrange = () => {
    if (margin.current && !narrow.matches) arrangeSlots(margin.current, sheet, active && cardId(active));
  };
  const latest = useRef(arrange);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cards and their places depend on all of these
  useLayoutEffect(() => {
    latest.current = arrange;
    arrange();
  }, [shown, active, draft, near]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: there are other slots to watch when these change
  useEffect(() => {
    const observer = new ResizeObserver(() => latest.current());
    observer.observe(sheet.root);
    for (const slot of slotsOf(margin.current)) observer.observe(slot);
    return () => observer.disconnect();
  }, [sheet, margin, shown, draft]);
}

function slotsOf(margin: HTMLElement | null): HTMLElement[] {
  return [...(margin?.querySelectorAll<HTMLElement>(".slot") ?? [])];
}

function arrangeSlots(margin: HTMLElement, sheet: Sheet, active: string | null): void {
  const top = margin.getBoundingClientRect().top;
  const slots = slotsOf(margin)
    .map((slot) => ({ slot, at: Number(slot.dataset.wish) }))
    .sort((a, b) => a.at - b.at);
  const cards = slots.map(({ slot, at }) => {
    const words = sheet.page.live({ start: at, end: at + 1 })?.getBoundingClientRect().top ?? 0;
    return { wish: within(slot, words) - top - 4, height: slot.offsetHeight };
  });
  const written = slots.findIndex(({ slot }) => isPinned(slot));
  const chosen = slots.findIndex(({ slot }) => active !== null && slot.firstElementChild?.id === active);
  const tops = stack(cards, written >= 0 ? written : chosen);
  slots.forEach(({ slot }, index) => {
    slot.style.top = `${tops[index]}px`;
  });
}

const isPinned = (slot: HTMLElement) => slot.dataset.pinned !== undefined;

/** Where a slot begins whose words begin there in the window: what is pinned is wholly in it if they are. */
function within(slot: HTMLElement, words: number): number {
  if (!isPinned(slot) || words < barBottom() || words > innerHeight) return words;
  return Math.max(barBottom(), Math.min(words, innerHeight - slot.offsetHeight - 8));
}
