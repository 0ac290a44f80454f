import { useQueryClient } from "@tanstack/react-query";
import { sessionQuery } from "../account/session";

/** Forgets what was read before one's groups changed, for it may lack what one may read now, or have what one may not. */
export function useRefresh(): () => Promise<void> {
  const cache = useQueryClient();
  return async () => {
    cache.removeQueries({ predicate: (query) => query.queryKey[0] !== "session" && !query.isActive() });
    await Promise.all([
      cache.invalidateQueries({ queryKey: sessionQuery.queryKey }),
      cache.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "session" }),
    ]);
  };
}
