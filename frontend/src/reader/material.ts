import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Steps } from "../anchor/words";
import type { Schemas } from "../api/client";
import { useCoded } from "../rounds/coding";
import { marginQuery } from "./data";
import { type Annotation, type Edition, edition as editionOf, type Version } from "./edition";
import { type Filter, passes } from "./filter";
import { hasPlace, type Mark, marks as marksOf } from "./outline";
import { References } from "./references";
import { buildSheet } from "./text";
import { View } from "./view";

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
  /** Those that the filter lets through and that have a place in the text; undefined until they have been read. */
  marks: Mark[] | undefined;
  /** Those that the filter lets through and that have none. */
  lost: Annotation[];
  /** How many the filter hides. */
  hidden: number;
}

export function useAnnotations(edition: Edition, filter: Filter): Annotations {
  const all = useCoded(useQuery(marginQuery(edition.version.id)).data?.annotations);
  const { concept, by, group, from, to } = filter;
  const wanted = useMemo(
    () => all?.filter((one) => passes({ concept, by, group, from, to }, one)),
    [all, concept, by, group, from, to],
  );
  const marks = useMemo(() => wanted && marksOf(edition, wanted), [edition, wanted]);
  const lost = useMemo(() => {
    const placed = new Set(marks?.map((mark) => mark.annotation.id));
    return wanted?.filter((one) => hasPlace(one) && !placed.has(one.id)) ?? none;
  }, [wanted, marks]);
  return { all, marks, lost, hidden: (all?.length ?? 0) - (wanted?.length ?? 0) };
}

const none: Annotation[] = [];
