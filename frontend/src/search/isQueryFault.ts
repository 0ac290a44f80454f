import type { Problem } from "../api/problem";

/** Whether the server could not read the query, as opposed to any other failure. */
export function isQueryFault(problem: Problem): boolean {
  return problem.position !== undefined;
}
