import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";
import { type LensAddress, lensParams, type Side, searchIn } from "./address";

export type Lens = Schemas["Lens"];
export type Frequency = Schemas["Frequency"];
export type LensGroup = Schemas["LensGroup"];
export type Breakdown = Lens["breakdowns"][number];
export type Collocate = Lens["collocates"][number];

/** All figures; while others are counted, the last ones stay. */
export const lensQuery = (address: LensAddress) => {
  const query = lensParams(address);
  return queryOptions({
    queryKey: ["search", "lens", query],
    queryFn: ({ signal }) => answer(client.GET("/api/lens", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    enabled: Boolean(address.q),
  });
};

/** Lines shown of each group. */
const sideLines = 12;

/** The first lines of a group. */
export const sideQuery = (address: LensAddress, side: Side) => {
  const query = { ...searchIn(address, side), sort: address.sort, size: sideLines };
  return queryOptions({
    queryKey: ["search", "lens", "lines", query],
    queryFn: ({ signal }) => answer(client.GET("/api/concordance", { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
};

/** What groups can be made of: the values of all documents. */
export const valuesQuery = queryOptions({
  queryKey: ["search", "lens", "values"],
  queryFn: async ({ signal }) => {
    const query = { size: 1, hits: 1 };
    const result = await answer(client.GET("/api/search", { params: { query }, signal }));
    return result.facets;
  },
});
