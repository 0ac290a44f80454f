import { useQueries } from "@tanstack/react-query";
import { manifold, type SearchAddress } from "./address";
import { type Facet, facetQuery, type Result } from "./queries";

/** The filters of a result; a filter that is on shows what it would if it were off. */
export function useFacets(address: SearchAddress, result: Result | undefined): Facet[] | undefined {
  const names: Facet["name"][] = [
    ...manifold.filter((name) => address[name]),
    ...(address.year ? (["year"] as const) : []),
  ];
  const open = useQueries({
    queries: names.map((name) => facetQuery(name, { ...address, [name]: undefined, page: undefined })),
  });
  if (!result) return undefined;
  const widened = new Map(names.map((name, i) => [name, open[i]?.data]));
  const found = result.facets.map((facet) => widened.get(facet.name) ?? facet);
  const missing = names.filter((name) => !found.some((facet) => facet.name === name));
  return [...found, ...missing.flatMap((name) => widened.get(name) ?? [])];
}
