import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";
import { queries } from "../app/queries";
import { type Asked, asked, asksNothing, lineSorts, type SearchAddress, sorts } from "./address";

export type Result = Schemas["SearchResult"];
export type Group = Schemas["Group"];
export type Line = Schemas["Line"];
export type Hit = Schemas["Hit"];
export type Facet = Schemas["Facet"];
export type FacetValue = Facet["values"][number];
export type DocumentSummary = Schemas["DocumentSummary"];

/** Hits shown for a document before the rest is asked for, and at most after. */
export const shownHits = 3;
export const mostHits = 500;

export const pageSize = 10;

/** How many documents a page shows, and of each how many hits. */
const pageOf = {
  passages: { size: pageSize, hits: shownHits },
  agreements: { size: 25, hits: 1 },
};

/** A page of results; while the next one loads, the last one stays. Of a concordance, the first page of its passages. */
export const searchQuery = (address: SearchAddress) => {
  const { view } = address;
  const shown =
    view === "concordance"
      ? pageOf.passages
      : {
          ...pageOf[view ?? "passages"],
          sort: sorts.find((sort) => sort === address.sort),
          page: address.page,
        };
  const query = { ...asked(address), ...shown };
  return queryOptions({
    queryKey: ["search", query],
    queryFn: ({ signal }) => answer(client.GET("/api/search", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    enabled: !asksNothing(address),
  });
};

/** A page of the lines of a concordance; while the next one loads, the last one stays. */
export const linesQuery = (address: SearchAddress) => {
  const sort = lineSorts.find((known) => known === address.sort);
  const query = { ...asked(address), sort, page: address.page };
  return queryOptions({
    queryKey: ["search", query, "lines"],
    queryFn: ({ signal }) => answer(client.GET("/api/concordance", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
};

/**
 * The values of one filter as they would be if it were off: so that another value can be chosen beside the first.
 * `without` is the address without that filter, on its first page; if it was asked already, what it found tells them.
 */
export const facetQuery = (name: Facet["name"], without: SearchAddress) =>
  queryOptions({
    queryKey: ["search", asked(without), "facet", name],
    queryFn: async ({ signal }) => {
      const query = { ...asked(without), size: 1, hits: 1 };
      const result = await answer(client.GET("/api/search", { params: { query }, signal }));
      return facetOf(result, name);
    },
    initialData: () => {
      const result = queries.getQueryData(searchQuery(without).queryKey);
      return result && facetOf(result, name);
    },
    initialDataUpdatedAt: () => queries.getQueryState(searchQuery(without).queryKey)?.dataUpdatedAt,
    placeholderData: keepPreviousData,
  });

function facetOf(result: Result, name: Facet["name"]): Facet {
  return result.facets.find((facet) => facet.name === name) ?? { name, values: [] };
}

/** All hits in one document, as far as mostHits. */
export const hitsQuery = (address: SearchAddress, document: string) =>
  queryOptions({
    queryKey: ["search", asked(address), "hits", document],
    queryFn: async ({ signal }) => {
      const query = { ...asked(address), in: document, size: 1, hits: mostHits, facets: false };
      const result = await answer(client.GET("/api/search", { params: { query }, signal }));
      return result.groups[0]?.hits ?? [];
    },
  });

/** How much a search finds, without any of it; partial matches do not count. */
export const countQuery = (address: SearchAddress) =>
  queryOptions({
    queryKey: ["search", asked(address), "count"],
    queryFn: ({ signal }) => {
      const query = { ...asked(address), size: 1, hits: 1, facets: false, partial: false };
      return answer(client.GET("/api/search", { params: { query }, signal }));
    },
  });

/** A passage with the matches of what is looked for. */
export const passageQuery = (version: string, provision: string, { q, synonyms }: Asked) =>
  queryOptions({
    queryKey: ["passage", version, provision, q, synonyms],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/versions/{version}/passages/{provision}", {
          params: { path: { version, provision }, query: { q, synonyms } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** Where the score of a passage comes from, under a query and its filters. */
export const whyQuery = (address: Asked, version: string, provision: string) => {
  const query = asked(address);
  return queryOptions({
    queryKey: ["search", query, "why", version, provision],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/versions/{version}/passages/{provision}/why", {
          params: { path: { version, provision }, query },
          signal,
        }),
      ),
  });
};

export const statusQuery = queryOptions({
  queryKey: ["status"],
  queryFn: ({ signal }) => answer(client.GET("/api/status", { signal })),
  // While search is behind, the figures change.
  refetchInterval: ({ state }) => (state.data && state.data.indexed < state.data.mark ? 2000 : false),
});
