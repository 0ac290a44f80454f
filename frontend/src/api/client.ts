import createClient from "openapi-fetch";
import { Problem } from "./problem";
import type { components, paths } from "./schema";

export { asProblem, Problem } from "./problem";

export type Schemas = components["schemas"];

const noAnswer = (cause: unknown) =>
  new Problem(
    {
      status: 0,
      title: "No answer",
      detail: "The server cannot be reached. Check the connection, then try again.",
    },
    cause,
  );

export const client = createClient<paths>({
  baseUrl: typeof location === "undefined" ? undefined : location.origin,
  credentials: "same-origin",
});

interface Outcome<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * Gives the body of an answer; throws a Problem for an error answer and for
 * none. An aborted call throws its AbortError.
 */
export async function answer<T>(call: Promise<Outcome<T>>): Promise<T> {
  let outcome: Outcome<T>;
  try {
    outcome = await call;
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw noAnswer(error);
  }
  if (outcome.response.ok) return outcome.data as T;
  throw problemOf(outcome.error, outcome.response);
}

function problemOf(body: unknown, response: Response): Problem {
  const details = typeof body === "object" && body !== null ? (body as Partial<Schemas["Problem"]>) : {};
  return new Problem({
    ...details,
    status: response.status,
    title: details.title ?? (response.statusText || `Error ${response.status}`),
    request: details.request ?? response.headers.get("X-Request-Id") ?? undefined,
  });
}
