import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState, useSyncExternalStore } from "react";
import type { Span } from "../anchor/offsets";
import { useArrival } from "./arrival";
import type { Chosen } from "./chosen";
import { indexAt } from "./edition";
import { useFollowing } from "./following";
import type { Annotations, Material } from "./material";
import { firstFrom, type Mark } from "./outline";
import type { Commands } from "./readingKeys";
import type { Links } from "./referring";
import { flash, reveal, revealBlock } from "./reveal";
import { cardOf, focusBlock, focused, nextHeading } from "./standing";
import type { Say } from "./status";

const route = getRouteApi("/read/$document");

type Moves = Pick<Commands, "paragraph" | "article" | "hit" | "find" | "annotation">;

interface Places {
  hits: Span[];
  annotations: Annotations;
  links: Links;
  chosen: Chosen;
}

/** Where one stands in the text, and how one comes to its provisions, hits and annotations and to what it refers to. */
export function useMoving(
  { edition, sheet, view, references }: Material,
  { hits, annotations: { all, marks }, links, chosen: { active, show } }: Places,
  say: Say,
) {
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const [at, setAt] = useState({ hits, index: -1 });
  const hit = at.hits === hits ? at.index : -1;
  // Where one stood when one began to type into the find field; undefined while it is shut.
  const [finding, setFinding] = useState<number>();
  const first = useSyncExternalStore(view.subscribe, () => view.place().first);

  const toProvision = useCallback(
    async (index: number) => {
      const provision = edition.provisions[index];
      if (!provision) return;
      flash(edition, sheet, provision);
      await revealBlock(sheet, indexAt(edition.blocks, provision.start));
    },
    [edition, sheet],
  );
  const toMark = (mark: Mark) => {
    void reveal(edition, sheet, mark);
    show(mark.annotation.id);
  };
  const toLost = (id: string) => {
    cardOf(id)?.scrollIntoView({ block: "center", behavior: "instant" });
    show(id);
  };
  const toHit = (index: number, scroll = true) => {
    const span = hits[index];
    if (!span) return;
    setAt({ hits, index });
    if (scroll) void reveal(edition, sheet, span);
    const pinpoint = references.provision(span)?.pinpoint ?? "";
    say(`Hit ${index + 1} of ${hits.length}${pinpoint && `, ${pinpoint}`}`, false);
  };
  useArrival(
    { edition, at: address.at, annotation: address.annotation, q: address.q, hits, marks: all && marks },
    { toProvision, toMark, toHit, toLost, begin: () => firstFrom(hits, finding ?? 0) % hits.length },
  );

  const goTo = useCallback(
    (id: string) => {
      void toProvision(edition.provisions.findIndex((provision) => provision.id === id));
      void navigate({
        search: (before) => ({ ...before, at: id, annotation: undefined }),
        replace: true,
        resetScroll: false,
      });
    },
    [edition, navigate, toProvision],
  );
  const goToUnit = useCallback(
    (unit: number) => void revealBlock(sheet, indexAt(edition.blocks, unit)),
    [edition, sheet],
  );
  const follow = useFollowing({
    ...{ edition, sheet, ...links },
    arrive: (id) => {
      const index = edition.provisions.findIndex((provision) => provision.id === id);
      const block = sheet.blocks[indexAt(edition.blocks, edition.provisions[index]?.start ?? 0)];
      void toProvision(index);
      focusBlock(block);
    },
  });
  const find = useCallback(
    (q: string) =>
      void navigate({
        search: (before) => ({ ...before, q: q || undefined, at: undefined, annotation: undefined }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );

  /** The block that commands start from without a focus: that of the current hit if it is in view, else the first. */
  const standing = (): number => {
    const { start, end } = view.place();
    const span = hits[hit];
    return span && span.start >= start && span.start < end ? indexAt(edition.blocks, span.start) : first;
  };
  const openFind = () => setFinding(view.place().start);
  const leaveFind = () => {
    const block = sheet.blocks[standing()];
    setFinding(undefined);
    focusBlock(block);
  };

  const commands: Moves = {
    paragraph: (step) => {
      const from = focused(sheet);
      focusBlock(sheet.blocks[from === null ? standing() : from + step]);
    },
    article: (step) => {
      const to = nextHeading(edition, focused(sheet) ?? first, step);
      if (to === null) return;
      void revealBlock(sheet, to);
      focusBlock(sheet.blocks[to]);
    },
    hit: (step) => {
      if (hits.length === 0) return say(address.q ? "No hits in this text" : "No query is on");
      const near = firstFrom(hits, view.place().start);
      const at = hit >= 0 ? hit + step : step > 0 ? near : near - 1;
      const to = (at + hits.length) % hits.length;
      focusBlock(sheet.blocks[indexAt(edition.blocks, (hits[to] as Span).start)]);
      toHit(to);
    },
    find: openFind,
    annotation: (step) => {
      if (marks.length === 0) return say("No annotations in this text");
      const firsts = marks.filter((mark) => mark.nth === 0);
      const at = firsts.findIndex((mark) => mark.annotation.id === active);
      const near = firstFrom(firsts, view.place().start);
      const to = at >= 0 ? at + step : step > 0 ? near : near - 1;
      toMark(firsts[(to + firsts.length) % firsts.length] as Mark);
    },
  };

  return {
    /** Index of the first block in the window. */
    first,
    /** Index of the current hit, -1 before the first. */
    hit,
    stepHit: (step: 1 | -1) => toHit((Math.max(hit, step > 0 ? -1 : 0) + step + hits.length) % hits.length),
    /** Whether one types into the find field. */
    finding: finding !== undefined,
    ...{ openFind, leaveFind, find },
    ...{ goTo, goToUnit, follow, standing, commands },
  };
}
