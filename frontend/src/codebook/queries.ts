import { queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";
import { queries } from "../app/queries";

export type Concept = Schemas["Concept"];
export type Codebook = Schemas["Codebook"];
export type ConceptUse = Schemas["ConceptUse"];

/** A concept, what the asker may do to it and its examples. */
export const conceptQuery = (concept: string) =>
  queryOptions({
    queryKey: ["concept", concept],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/concepts/{concept}", { params: { path: { concept } }, signal })),
  });

export const conceptHistoryQuery = (concept: string) =>
  queryOptions({
    queryKey: ["concept", concept, "history"],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/concepts/{concept}/history", { params: { path: { concept } }, signal })),
  });

/** The annotations with a concept, the first of them; only those that the asker may change if that is asked. */
export const usesQuery = (concept: string, size: number, editable = false) =>
  queryOptions({
    queryKey: ["concept", concept, "uses", size, editable],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/concepts/{concept}/annotations", {
          params: { path: { concept }, query: { size, editable } },
          signal,
        }),
      ),
  });

/** After a deed of the codebook nothing that shows concepts holds any more. */
export function outdate(): Promise<unknown> {
  const stale = ["concepts", "concept", "codebooks", "search", "margin"];
  return Promise.all(stale.map((key) => queries.invalidateQueries({ queryKey: [key] })));
}
