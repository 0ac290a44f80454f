import { queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";
import { queries } from "../app/queries";
import { conceptsQuery } from "../reader/data";
import { asked, type SearchAddress, sorts } from "../search/address";

export type Tagging = Schemas["Tagging"];
export type Taggable = Tagging["groups"][number]["hits"][number];

/** What of a hit is tagged. */
export const stretches = ["words", "sentence", "paragraph", "passage"] as const;
export type Stretch = (typeof stretches)[number];

/** What of each hit of a search would be tagged. */
export const taggingQuery = (address: SearchAddress, stretch: Stretch) => {
  const sort = sorts.find((known) => known === address.sort);
  const query = { ...asked(address), sort, stretch };
  return queryOptions({
    queryKey: ["tagging", query],
    queryFn: ({ signal }) => answer(client.GET("/api/tagging", { params: { query }, signal })),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    structuralSharing: false,
  });
};

export async function tagAll(body: Schemas["TagAll"]): Promise<Schemas["TaggedAll"]> {
  const done = await answer(client.POST("/api/tagging", { body }));
  outdate();
  return done;
}

export async function undoOperation(operation: string): Promise<Schemas["Reverted"]> {
  const done = await answer(
    client.POST("/api/operations/{operation}/undo", { params: { path: { operation } } }),
  );
  outdate();
  return done;
}

function outdate() {
  for (const key of ["search", "margin", "passage"]) void queries.invalidateQueries({ queryKey: [key] });
  void queries.invalidateQueries({ queryKey: conceptsQuery.queryKey });
}

/** A hit's own name among those of a search. */
export const keyOf = (hit: Taggable) => `${hit.version}/${hit.provision}`;
