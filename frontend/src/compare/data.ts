import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";

export type Differences = Schemas["Differences"];
export type Difference = Schemas["Difference"];

export const differencesQuery = (version: string, other: string) =>
  queryOptions({
    queryKey: ["differences", version, other],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/versions/{version}/differences/{other}", {
          params: { path: { version, other } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });

export const parallelQuery = (version: string, other: string) =>
  queryOptions({
    queryKey: ["parallel", version, other],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/versions/{version}/parallel/{other}", {
          params: { path: { version, other } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });

/** Whether anything about it is worth a look. */
export function differs(one: Difference): boolean {
  return one.change !== "unchanged" || one.moved || one.renumbered;
}

/** Differences in the order of the text: those that differ one by one, the others between them together. */
export function runsOf(all: Difference[]): Difference[][] {
  const runs: Difference[][] = [];
  all.forEach((one, index) => {
    const before = all[index - 1];
    if (before && !differs(one) && !differs(before)) runs.at(-1)?.push(one);
    else runs.push([one]);
  });
  return runs;
}

/** What happened to a provision, in words: "changed, renumbered from art. 3". */
export function said({ change, moved, renumbered, old }: Difference): string {
  const words: string[] = [];
  if (change !== "unchanged") words.push(change);
  if (moved) words.push("moved");
  if (renumbered && old) words.push(`renumbered from ${old.pinpoint}`);
  if (change === "unchanged" && words.length > 0) words.push("its words are the same");
  return words.join(", ");
}

/** Provisions side by side; while others are set there, those before stay. */
export const comparisonQuery = (p: string[], baseline: number) =>
  queryOptions({
    queryKey: ["comparison", p, baseline],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/compare", { params: { query: { p, baseline } }, signal })),
    placeholderData: keepPreviousData,
    enabled: p.length > 1,
    structuralSharing: false,
  });

/** What in a document is most like a provision. */
export const counterpartsQuery = (version: string, provision: string, document: string) =>
  queryOptions({
    queryKey: ["counterparts", version, provision, document],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/versions/{version}/provisions/{provision}/counterparts", {
          params: { path: { version, provision }, query: { document } },
          signal,
        }),
      ),
    enabled: document !== "",
  });
