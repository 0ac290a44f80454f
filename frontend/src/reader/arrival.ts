import { type RefObject, useEffect, useRef } from "react";
import type { Span } from "../anchor/offsets";
import { type Edition, provisionAt } from "./edition";
import type { Mark } from "./outline";

interface Target {
  edition: Edition;
  at: string | undefined;
  annotation: string | undefined;
  q: string | undefined;
  /** None until they are known. */
  hits: Span[];
  /** Undefined until they are known. */
  marks: Mark[] | undefined;
}

interface Arrival {
  /** Resolves when the provision stands where it should. */
  toProvision: (index: number) => Promise<void>;
  toMark: (mark: Mark) => void;
  /** The annotation, by id, has no place in the text, if it is there at all. */
  toLost: (id: string) => void;
  toHit: (index: number, scroll: boolean) => void;
  /** The hit to begin with where the address names no place. */
  begin: () => number;
}

/**
 * Goes, once each, to what the address names: an annotation, else a provision, else a hit. A hit that is known only
 * when one has begun to go elsewhere is let be.
 */
export function useArrival({ edition, at, annotation, q, hits, marks }: Target, go: Arrival): void {
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  const gone = useGone(`${at} ${annotation} ${q}`);
  const index = at ? provisionAt(edition, at) : -1;
  const settled = useRef(Promise.resolve());
  useEffect(() => {
    if (index >= 0 && !annotation) settled.current = latest.current.toProvision(index);
  }, [index, annotation]);

  const seenMark = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (!annotation || !marks || seenMark.current === annotation) return;
    seenMark.current = annotation;
    const mark = marks.find((one) => one.annotation.id === annotation);
    if (mark) latest.current.toMark(mark);
    else latest.current.toLost(annotation);
  }, [annotation, marks]);

  const seenHits = useRef<Span[] | undefined>(undefined);
  useEffect(() => {
    if (hits.length === 0 || seenHits.current === hits) return;
    seenHits.current = hits;
    const provision = edition.provisions[index];
    const toHit = (hit: number) => !gone.current && latest.current.toHit(hit, !annotation);
    if (!provision) return void toHit(latest.current.begin());
    const inside = hits.findIndex((hit) => hit.start >= provision.start && hit.end <= provision.end);
    if (inside >= 0) void settled.current.then(() => toHit(inside));
  }, [edition, index, annotation, hits, gone]);
}

/** Whether one has scrolled, pressed a key outside of a field or pointed at something since one came to a place. */
function useGone(place: string): RefObject<boolean> {
  const gone = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is come to anew
  useEffect(() => {
    gone.current = false;
    const leave = ({ target }: Event) => {
      if (!(target instanceof Element && target.closest("input, textarea"))) gone.current = true;
    };
    const deeds = ["keydown", "wheel", "pointerdown"];
    for (const deed of deeds) addEventListener(deed, leave, { passive: true, capture: true });
    return () => {
      for (const deed of deeds) removeEventListener(deed, leave, { capture: true });
    };
  }, [place]);
  return gone;
}
