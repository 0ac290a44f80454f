import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "../api/problem";

/**
 * The one cache of answers. Only what a repetition may mend is asked again: no answer, or the server's own fault.
 * Without a network the server is asked all the same, for it may be on this machine.
 */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: "always",
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => {
        const { status } = asProblem(error);
        return failures < 2 && (status === 0 || status >= 502);
      },
    },
    mutations: { networkMode: "always", retry: false },
  },
});
