import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Steps } from "../anchor/words";
import { asProblem, type Problem, type Schemas } from "../api/client";
import { useCoded } from "../rounds/coding";
import { marginQuery } from "./data";
import { type Annotation, type Edition, edition as editionOf, type Version } from "./edition";
import { type Filter, passes } from "./filter";
import { type Mark, marks as marksOf } from "./outline";
import { References } from "./references";
import { buildSheet } from "./text";
import { isOnWhole, membersOf, type Thread, threads as threadsOf } from "./threads";
import { View } from "./view";

export type Material = ReturnType<typeof useMaterial>;

/** What the reader of one version works with. */
export function useMaterial(document: Schemas["DocumentDetail"], version: Version) {
  const edition = useMemo(() => editionOf(version), [version]);
  const sheet = useMemo(() => buildSheet(edition, columnWidth()), [edition]);
  const view = useMemo(() => new View(edition, sheet), [edition, sheet]);
  const steps = useMemo(() => new Steps(version.text, version.language), [version]);
  const references = useMemo(() => new References(document, edition), [document, edition]);
  return { edition, sheet, view, steps, references };
}

/** About how wide the text will be, in pixels. */
function columnWidth(): number {
  return Math.min(615, document.documentElement.clientWidth - 50);
}

/** The annotations of a version. */
export interface Annotations {
  /** All of them; undefined until they have been read. */
  all: Annotation[] | undefined;
  /** The threads of which the filter lets one through, by id. */
  threads: ReadonlyMap<string, Thread>;
  /** The places of these, in the order of the text. */
  marks: Mark[];
  /** Those that have no place in the text. */
  lost: Thread[];
  /** Those about the document as a whole. */
  notes: Thread[];
  /** How many the filter hides. */
  hidden: number;
  /** Why they could not be read, and how to try again; undefined if they could. */
  failure: { problem: Problem; again: () => void } | undefined;
}

export function useAnnotations(edition: Edition, filter: Filter): Annotations {
  const { data, error, refetch } = useQuery(marginQuery(edition.version.id));
  const all = useCoded(data?.annotations);
  const { concept, by, group, from, to } = filter;
  const wanted = useMemo(() => {
    const asked = { concept, by, group, from, to };
    const found = threadsOf(all ?? none).filter((one) =>
      membersOf(one).some((member) => passes(asked, member)),
    );
    return new Map(found.map((one) => [one.id, one]));
  }, [all, concept, by, group, from, to]);
  const marks = useMemo(
    () =>
      marksOf(
        edition,
        [...wanted.values()].map((one) => one.head),
      ),
    [edition, wanted],
  );
  const rest = useMemo(() => {
    const placed = new Set(marks.map((mark) => mark.annotation.id));
    const others = [...wanted.values()].filter((one) => !placed.has(one.id));
    return { lost: others.filter((one) => !isOnWhole(one)), notes: others.filter(isOnWhole) };
  }, [wanted, marks]);
  const shown = useMemo(
    () => [...wanted.values()].reduce((sum, one) => sum + membersOf(one).length, 0),
    [wanted],
  );
  const failure = error ? { problem: asProblem(error), again: () => void refetch() } : undefined;
  return { all, threads: wanted, marks, ...rest, hidden: (all?.length ?? 0) - shown, failure };
}

const none: Annotation[] = [];
