import { useQuery } from "@tanstack/react-query";
import { useRouterState } from "@tanstack/react-router";
import { useMemo } from "react";
import type { Schemas } from "../api/client";
import { type Round, roundQuery } from "./queries";

/** The coding round that the address of the reader names, and the id of it until it is known; nothing without one. */
export function useRound(): { id?: string; round?: Round } {
  const id = useRouterState({
    select: ({ location }) => (location.search as { round?: string }).round,
  });
  const { data } = useQuery({ ...roundQuery(id ?? ""), enabled: id !== undefined });
  return { id, round: data };
}

/** In a coding round, the annotations that were made in it: what else is in the margin would sway the coder. */
export function useCoded<A extends { round?: string }>(annotations: A[] | undefined): A[] | undefined {
  const { id } = useRound();
  return useMemo(
    () => (id === undefined ? annotations : annotations?.filter((one) => one.round === id)),
    [annotations, id],
  );
}

/** A new annotation as it is made at an address with a coding round: in that round, and private until it closes. */
export function inRound(body: Schemas["NewAnnotation"], search = location.search): Schemas["NewAnnotation"] {
  const round = new URLSearchParams(search).get("round");
  if (!round || body.replyTo) return body;
  return { ...body, round, visibility: "private", group: undefined };
}
