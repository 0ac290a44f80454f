import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answer, asProblem, client } from "../api/client";
import { useDebounced } from "../ui/useDebounced";
import { isQueryFault } from "./isQueryFault";
import QueryFault from "./QueryFault";

/** What a query means, in plain words, or where it is wrong, as soon as the typing stands still. */
export default function Explanation({ text, onRepair }: { text: string; onRepair: (query: string) => void }) {
  const q = useDebounced(text.trim(), 150);
  const { data, error } = useQuery({
    queryKey: ["explain", q],
    queryFn: ({ signal }) => answer(client.GET("/api/explain", { params: { query: { q } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    enabled: q !== "",
  });
  if (error) {
    const problem = asProblem(error);
    if (isQueryFault(problem) && q.includes(";")) return <p>A list: each part is looked up as a citation.</p>;
    if (isQueryFault(problem)) return <QueryFault problem={problem} query={q} onRepair={onRepair} />;
    return <p className="muted">{problem.message}</p>;
  }
  return <p>{data?.explanation ?? "…"}</p>;
}
