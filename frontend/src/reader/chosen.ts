import { useCallback, useMemo, useState } from "react";
import type { Mark } from "./outline";
import { usePointing } from "./pointing";
import { focusSoon } from "./standing";
import type { Say } from "./status";
import type { Sheet } from "./text";

/** Which annotation is in hand. All are named by id. */
export interface Chosen {
  /** The one that is chosen; null if none is. */
  active: string | null;
  choose: (id: string | null) => void;
  /** Chooses one and gives its card the focus. */
  show: (id: string) => void;
  /** The pointer is over one or its card, or over none. */
  hover: (id: string | null) => void;
  /** The stretches of the one under the pointer, else of the one that is chosen. */
  lit: Mark[];
}

/** Annotations are chosen by a click on their words; where several stand, the next one by each click. */
export function useChosen(sheet: Sheet, marks: Mark[], say: Say): Chosen {
  const [active, choose] = useState<string | null>(null);
  const [hovered, hover] = useState<string | null>(null);
  const show = useCallback((id: string) => {
    choose(id);
    focusSoon(id);
  }, []);
  const lit = useMemo(
    () => marks.filter((mark) => mark.annotation.id === (hovered ?? active)),
    [marks, hovered, active],
  );
  usePointing(sheet, marks, {
    hover: (under) => hover(under[0]?.annotation.id ?? null),
    click: (under) => {
      const ids = under.map((mark) => mark.annotation.id);
      const next = ids[(ids.indexOf(active ?? "") + 1) % Math.max(1, ids.length)];
      choose(next ?? null);
      if (next && ids.length > 1) say(`${ids.indexOf(next) + 1} of ${ids.length} annotations here`, false);
    },
  });
  return { active, choose, show, hover, lit };
}
