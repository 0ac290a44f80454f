import { queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";
import { queries } from "../app/queries";
import type { Audience } from "../groups/audience";
import { conceptsQuery } from "../reader/data";

export type Suggestion = Schemas["Suggestions"]["suggestions"][number];

/** How many are shown before it is learnt from them. */
const atOnce = 30;

/** Passages that may belong to a concept; read once, and again on demand. */
export const suggestionsQuery = (concept: string) =>
  queryOptions({
    queryKey: ["suggestions", concept],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/concepts/{concept}/suggestions", {
          params: { path: { concept }, query: { size: atOnce } },
          signal,
        }),
      ),
    staleTime: 0,
    gcTime: 0,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });

/** Takes back what was done. */
export type Undo = () => Promise<unknown>;

/** Tags the whole passage. */
export async function accept({ hit }: Suggestion, concept: string, audience: Audience): Promise<Undo> {
  const { version, start, end } = hit;
  const written = await answer(
    client.POST("/api/annotations", {
      body: { version, targets: [{ start, end }], concepts: [concept], ...audience },
    }),
  );
  outdate(version);
  return async () => {
    const path = { annotation: written.id };
    await answer(client.DELETE("/api/annotations/{annotation}", { params: { path } }));
    outdate(version);
  };
}

/** Remembers, for the asker, that the passage does not belong to the concept. */
export async function reject({ hit }: Suggestion, concept: string): Promise<Undo> {
  const params = { path: { concept, version: hit.version, provision: hit.provision } };
  await answer(client.PUT("/api/concepts/{concept}/rejections/{version}/{provision}", { params }));
  return () => answer(client.DELETE("/api/concepts/{concept}/rejections/{version}/{provision}", { params }));
}

function outdate(version: string) {
  void queries.invalidateQueries({ queryKey: ["search"] });
  void queries.invalidateQueries({ queryKey: ["margin", version] });
  void queries.invalidateQueries({ queryKey: conceptsQuery.queryKey });
}
