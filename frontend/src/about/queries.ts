import { queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";

export type Metadata = Schemas["Metadata"];

export const metadataQuery = (document: string) =>
  queryOptions({
    queryKey: ["metadata", document],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/documents/{document}/metadata", { params: { path: { document } }, signal })),
    staleTime: 0,
  });

export const historyQuery = (document: string) =>
  queryOptions({
    queryKey: ["history", document],
    queryFn: async ({ signal }) =>
      (
        await answer(
          client.GET("/api/documents/{document}/history", { params: { path: { document } }, signal }),
        )
      ).entries,
    staleTime: 0,
  });

export const partiesQuery = (text: string) =>
  queryOptions({
    queryKey: ["parties", text],
    queryFn: async ({ signal }) =>
      (await answer(client.GET("/api/parties", { params: { query: { text, size: 12 } }, signal }))).parties,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const documentsQuery = (text: string) =>
  queryOptions({
    queryKey: ["documents", "named", text],
    queryFn: async ({ signal }) =>
      (await answer(client.GET("/api/documents", { params: { query: { text, size: 12 } }, signal })))
        .documents,
  });

/** What is shown of a document elsewhere is asked for again. */
export const stale = [["metadata"], ["history"], ["documents"], ["document"], ["search"], ["lens"]];
