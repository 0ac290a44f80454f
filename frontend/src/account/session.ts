import { queryOptions, useQuery } from "@tanstack/react-query";
import { answer, client } from "../api/client";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => answer(client.GET("/api/session", { signal })),
  staleTime: 5 * 60_000,
});

/** Who is asking and what they may do; undefined until it is known. */
export function useSession() {
  return useQuery(sessionQuery).data;
}
