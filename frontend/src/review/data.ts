import { queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";
import { queries } from "../app/queries";
import { documentQuery, marginQuery } from "../reader/data";

export type Item = Schemas["Review"]["items"][number];

/** What is to review in a document; it is read once, and again on demand. */
export const reviewQuery = (document: string) =>
  queryOptions({
    queryKey: ["review", document],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/documents/{document}/review", { params: { path: { document } }, signal })),
    staleTime: 0,
    gcTime: 0,
    refetchOnReconnect: false,
  });

/** Sends a decision about where the annotation of an item stands; what was read elsewhere is outdated by it. */
export async function decide(
  { annotation }: Item,
  body: Schemas["Decision"],
): Promise<Schemas["Annotation"]> {
  const { version } = annotation.placement;
  const path = { annotation: annotation.id, version };
  const decided = await answer(
    client.POST("/api/annotations/{annotation}/placements/{version}", { params: { path }, body }),
  );
  void queries.invalidateQueries({ queryKey: documentQuery(annotation.document).queryKey });
  void queries.invalidateQueries({ queryKey: marginQuery(version).queryKey });
  void queries.invalidateQueries({ queryKey: ["search"] });
  return decided;
}
