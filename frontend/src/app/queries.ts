import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "../api/problem";

/** The one cache of answers. Only what a repetition may mend is asked again: no answer, or the server's own fault. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => {
        const { status } = asProblem(error);
        return failures < 2 && (status === 0 || status >= 502);
      },
    },
    mutations: { retry: false },
  },
});
