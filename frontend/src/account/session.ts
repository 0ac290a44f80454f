import { queryOptions, useQuery } from "@tanstack/react-query";

export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: async ({ signal }) => {
    // The entry script is kept small: the client comes with the first screen.
    const { answer, client } = await import("../api/client");
    return answer(client.GET("/api/session", { signal }));
  },
  staleTime: 5 * 60_000,
});

/** Who is asking and what they may do; undefined until it is known. */
export function useSession() {
  return useQuery(sessionQuery).data;
}
