import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";
import { queries } from "../app/queries";
import type { Shown } from "./address";

export type Round = Schemas["Round"];
export type RoundDocument = Round["documents"][number];
export type Disagreed = Schemas["Disagreement"];
export type RoundDecision = Schemas["RoundDecision"];

export const roundsKey = ["rounds"];

export const roundsQuery = queryOptions({
  queryKey: [...roundsKey, "all"],
  queryFn: async ({ signal }) => (await answer(client.GET("/api/rounds", { signal }))).rounds,
});

export const roundQuery = (round: string) =>
  queryOptions({
    queryKey: [...roundsKey, "one", round],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/rounds/{round}", { params: { path: { round } }, signal })),
  });

export const agreementQuery = (round: string) =>
  queryOptions({
    queryKey: [...roundsKey, "agreement", round],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/rounds/{round}/agreement", { params: { path: { round } }, signal })),
  });

export const pageSize = 20;

export const disagreementsQuery = (round: string, shown: Shown) =>
  queryOptions({
    queryKey: [...roundsKey, "disagreements", round, shown],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/rounds/{round}/disagreements", {
          params: { path: { round }, query: { ...shown, size: pageSize } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** Changes a round and keeps what is shown of it right. */
export async function changeRound(round: string, body: Schemas["RoundEdit"]): Promise<void> {
  await answer(client.PATCH("/api/rounds/{round}", { params: { path: { round } }, body }));
  await outdated();
  if (body.closed !== undefined) {
    // Who may see which tags has changed.
    void queries.invalidateQueries({ queryKey: ["margin"] });
    void queries.invalidateQueries({ queryKey: ["search"] });
  }
}

export async function finish(round: string, document: string, finished: boolean): Promise<void> {
  const params = { path: { round } };
  await answer(client.POST("/api/rounds/{round}/finished", { params, body: { document, finished } }));
  await outdated();
}

export const outdated = () => queries.invalidateQueries({ queryKey: roundsKey });

/** The accounts in whose name each word of the text begins a word. */
export const colleaguesQuery = (text: string) =>
  queryOptions({
    queryKey: ["colleagues", text],
    queryFn: ({ signal }) => answer(client.GET("/api/colleagues", { params: { query: { text } }, signal })),
  });
