import type { components } from "./schema";

/** What an answer with an error says (RFC 9457); `status` is 0 when there was no answer. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly request: string | undefined;
  /** Of a query error: the code point of `q` where it is, how many are wrong, and a query that would be right. */
  readonly position: number | undefined;
  readonly length: number | undefined;
  readonly repair: string | undefined;
  /** Seconds after which to try again, if the server says so. */
  readonly wait: number | undefined;
  /** Of synonyms: the line that is wrong, from 1 on. */
  readonly line: number | undefined;

  constructor(
    details: Partial<components["schemas"]["Problem"]> & { status: number; wait?: number },
    cause?: unknown,
  ) {
    const title = details.title || "Something went wrong";
    super(details.detail || title, { cause });
    this.type = details.type ?? "about:blank";
    this.title = title;
    this.status = details.status;
    this.request = details.request;
    this.position = details.position;
    this.length = details.length;
    this.repair = details.repair;
    this.line = details.line;
    this.wait = details.wait;
  }
}

/** Turns whatever was thrown into a Problem. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({ status: 0, detail: error instanceof Error ? error.message : String(error) }, error);
}
