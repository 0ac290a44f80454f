import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "../api/problem";

/** Seconds: who has to wait longer is told so. */
const longestWait = 3;

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
        const { status, wait = 0 } = asProblem(error);
        return failures < 2 && wait <= longestWait && (status === 0 || status >= 502);
      },
      retryDelay: (failures, error) => Math.max(2 ** failures, asProblem(error).wait ?? 0) * 1000,
    },
    mutations: { networkMode: "always", retry: false },
  },
});
