import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Span } from "../anchor/offsets";
import { asProblem } from "../api/client";
import type { Problem } from "../api/problem";
import { matchesQuery } from "./data";
import type { Edition } from "./edition";

/** What a query finds in the text. */
export interface Found {
  /** In the order of the text, in units. While another query is asked, still those of the one before. */
  hits: Span[];
  /** How many passages match, also without a hit in their words. */
  passages: number;
  waiting: boolean;
  problem: Problem | undefined;
}

const nothing: Found = { hits: [], passages: 0, waiting: false, problem: undefined };

/** What the query finds in the text; nothing without one. */
export function useFound(edition: Edition, q: string | undefined, synonyms?: false): Found {
  const { data, error, isFetching } = useQuery({
    ...matchesQuery(edition.version.id, q ?? "", synonyms),
    placeholderData: (before) => before,
  });
  const hits = useMemo(
    () =>
      data?.passages
        .flatMap((passage) => passage.spans)
        .map(({ start, end }) => ({ start: edition.offsets.units(start), end: edition.offsets.units(end) }))
        .sort((a, b) => a.start - b.start) ?? nothing.hits,
    [edition, data],
  );
  if (!q) return nothing;
  const problem = error ? asProblem(error) : undefined;
  return { hits, passages: data?.passages.length ?? 0, waiting: isFetching, problem };
}
