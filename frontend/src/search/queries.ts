import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";
import { asksNothing, type SearchAddress } from "./address";

export type Result = Schemas["SearchResult"];
export type Group = Schemas["Group"];
export type Hit = Schemas["Hit"];
export type Facet = Schemas["Facet"];
export type FacetValue = Facet["values"][number];
export type DocumentSummary = Schemas["DocumentSummary"];

/** Hits shown for a document before the rest is asked for, and at most after. */
export const shownHits = 3;
export const mostHits = 500;

export const pageSize = 10;

/** A page of results; while the next one loads, the last one stays. */
export const searchQuery = (address: SearchAddress) =>
  queryOptions({
    queryKey: ["search", address],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/search", {
          params: { query: { ...address, size: pageSize, hits: shownHits } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    enabled: !asksNothing(address),
  });

/**
 * The values of one filter as they would be if it were off: so that another value can be chosen beside the first.
 * `without` is the address without that filter.
 */
export const facetQuery = (name: Facet["name"], without: SearchAddress) =>
  queryOptions({
    queryKey: ["search", { ...without, page: undefined }, "facet", name],
    queryFn: async ({ signal }) => {
      const query = { ...without, page: 1, size: 1, hits: 1 };
      const result = await answer(client.GET("/api/search", { params: { query }, signal }));
      return result.facets.find((facet) => facet.name === name) ?? { name, values: [] };
    },
    placeholderData: keepPreviousData,
  });

/** All hits in one document, as far as mostHits. */
export const hitsQuery = (address: SearchAddress, document: string) =>
  queryOptions({
    queryKey: ["search", { ...address, page: undefined }, "hits", document],
    queryFn: async ({ signal }) => {
      const query = { ...address, page: 1, in: document, size: 1, hits: mostHits, facets: false };
      const result = await answer(client.GET("/api/search", { params: { query }, signal }));
      return result.groups[0]?.hits ?? [];
    },
  });

/** How much a search finds, without any of it. */
export const countQuery = (address: SearchAddress) =>
  queryOptions({
    queryKey: ["search", { ...address, page: undefined }, "count"],
    queryFn: ({ signal }) => {
      const query = { ...address, page: 1, size: 1, hits: 1, facets: false };
      return answer(client.GET("/api/search", { params: { query }, signal }));
    },
  });

export const passageQuery = (version: string, provision: string, q: string | undefined) =>
  queryOptions({
    queryKey: ["passage", version, provision, q],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/versions/{version}/passages/{provision}", {
          params: { path: { version, provision }, query: { q } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const statusQuery = queryOptions({
  queryKey: ["status"],
  queryFn: ({ signal }) => answer(client.GET("/api/status", { signal })),
  // While search is behind, the figures change.
  refetchInterval: ({ state }) => (state.data && state.data.indexed < state.data.mark ? 2000 : false),
});
