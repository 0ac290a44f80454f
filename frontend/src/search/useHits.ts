import { type RefObject, useState } from "react";
import type { Pin } from "../compare/tray";
import { nameOf } from "./facts";
import type { DocumentSummary, Hit, Result } from "./queries";

export interface Seen {
  hit: Hit;
  document: DocumentSummary;
}

/** A hit as it is pinned: the passage, whole. */
export function pinOf({ hit, document }: Seen): Pin {
  const { version, provision, pinpoint } = hit;
  return { version, provision, name: [nameOf(document), pinpoint].filter(Boolean).join(", ") };
}

export const hitKey = (hit: Hit) => `${hit.version}/${hit.provision}`;

/** Which hit is looked at: the one that had the focus last, the first one to begin with. */
export function useHits(result: Result | undefined, list: RefObject<HTMLElement | null>) {
  const [seen, setSeen] = useState<Seen>();
  const here = seen && result?.groups.some((group) => group.document.id === seen.document.id);
  const top = result?.groups[0];
  const first = top?.hits[0] && { hit: top.hits[0], document: top.document };
  const current = here ? seen : first;

  /** Moves the focus by so many hits; from nowhere, to the one that is looked at. */
  const step = (by: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("[data-hit]") ?? [])];
    const focused = links.indexOf(document.activeElement as HTMLElement);
    const looked = links.findIndex((link) => current && link.dataset.hit === hitKey(current.hit));
    const next = focused >= 0 ? focused + by : Math.max(looked, 0);
    const link = links[Math.min(Math.max(next, 0), links.length - 1)];
    link?.focus();
    link?.closest(".hit")?.scrollIntoView({ block: "nearest" });
  };
  /** Opens the hit that is looked at in the reader; nothing if there is none. */
  const open = () => list.current?.querySelector<HTMLElement>("[data-current] [data-hit]")?.click();
  /** Shows or hides why the hit that is looked at was found. */
  const why = () => list.current?.querySelector<HTMLElement>("[data-current] [data-why]")?.click();
  return { current, look: setSeen, step, open, why };
}
