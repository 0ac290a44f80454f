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
  const { status } = response;
  const wait = waitOf(response.headers.get("Retry-After"));
  return new Problem({
    ...details,
    ...{ status, wait },
    title: details.title ?? titles[status] ?? (response.statusText || `Error ${status}`),
    detail: details.detail ?? (status in titles || wait !== undefined ? tryAgain(wait) : undefined),
    request: details.request ?? response.headers.get("X-Request-Id") ?? undefined,
  });
}

/** What is wrong when no Glossator answers, but what stands before it or stands in for it. */
const titles: Record<number, string> = {
  429: "Too many requests",
  502: "The server does not answer",
  503: "The server is busy",
  504: "The server does not answer in time",
};

/** The seconds of a Retry-After header, which are given so or as a date (RFC 9110, section 10.2.3); undefined without either. */
function waitOf(header: string | null): number | undefined {
  if (!header) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.max(1, seconds);
}

function tryAgain(wait: number | undefined): string {
  if (wait === undefined) return "Try again in a moment.";
  if (wait < 120) return `Try again in ${wait === 1 ? "a second" : `${wait} seconds`}.`;
  return `Try again in ${Math.ceil(wait / 60)} minutes.`;
}
