import { useQuery } from "@tanstack/react-query";
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Schemas } from "../api/client";
import { referencesQuery } from "./data";
import type { Edition } from "./edition";
import { link, type Reference, referencesIn } from "./links";
import type { Sheet } from "./text";

/** The references of a version, and whether they are links in its text by now. */
export interface Links {
  references: Reference[];
  drawn: boolean;
}

const linked = new WeakSet<Sheet>();
const none: Reference[] = [];

/**
 * The references of the version, once they are links in its text; `drawn` then changes, for whatever was drawn
 * over the text must be drawn again.
 */
export function useReferences(edition: Edition, sheet: Sheet, document: Schemas["DocumentDetail"]): Links {
  const { data } = useQuery({ ...referencesQuery(edition.version.id), staleTime: Number.POSITIVE_INFINITY });
  const references = useMemo(() => (data ? referencesIn(edition, data) : none), [edition, data]);
  const [drawn, setDrawn] = useState<Sheet>();
  useLayoutEffect(() => {
    if (!data) return;
    if (!linked.has(sheet)) {
      linked.add(sheet);
      link(edition, sheet, references, data.cited, ownAddress(document, edition.version.id));
    }
    setDrawn(sheet);
  }, [edition, sheet, document, data, references]);
  return { references, drawn: drawn === sheet };
}

/** How the version on the screen is addressed: named unless the reader shows it anyway. */
function ownAddress(document: Schemas["DocumentDetail"], id: string) {
  const own = document.versions.find((version) => version.id === id);
  const only = document.versions.filter((version) => version.current).length === 1;
  return { document: document.id, version: own?.current && only ? undefined : id };
}

const patience = 160;
const grace = 300;

/**
 * The index of the reference that the pointer rests on or that has the focus, -1 for none. The card about it stays
 * while the pointer is over it, and goes with Escape.
 */
export function usePointed(region: RefObject<HTMLElement | null>): number {
  const [pointed, setPointed] = useState(-1);
  const timer = useRef(0);
  useEffect(() => {
    const host = region.current;
    if (!host) return;
    const soon = (index: number, wait: number) => {
      clearTimeout(timer.current);
      timer.current = window.setTimeout(setPointed, wait, index);
    };
    const onOver = (event: PointerEvent) => {
      if (event.pointerType === "touch") return;
      const index = referenceAt(event.target);
      if (index >= 0) soon(index, patience);
      else if (inCard(event.target)) clearTimeout(timer.current);
      else soon(focusedReference(), grace);
    };
    const onFocus = () => soon(focusedReference(), 0);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") soon(-1, 0);
    };
    host.addEventListener("pointerover", onOver);
    host.addEventListener("focusin", onFocus);
    host.addEventListener("focusout", onFocus);
    addEventListener("keydown", onKey, true);
    return () => {
      clearTimeout(timer.current);
      host.removeEventListener("pointerover", onOver);
      host.removeEventListener("focusin", onFocus);
      host.removeEventListener("focusout", onFocus);
      removeEventListener("keydown", onKey, true);
    };
  }, [region]);
  return pointed;
}

/** The index of the reference whose link an element is or is in; -1 for none. */
export function referenceAt(target: EventTarget | null): number {
  const anchor = target instanceof Element ? target.closest<HTMLElement>("a.ref") : null;
  return anchor ? Number(anchor.dataset.reference) : -1;
}

function focusedReference(): number {
  const anchor = document.activeElement;
  return anchor?.matches("a.ref:focus-visible") || inCard(anchor) ? referenceAt(anchor) : -1;
}

function inCard(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".glance") !== null;
}
