import { one, positive } from "../app/address";

/** Which disagreements of a round are shown. */
export interface Shown {
  concept?: string;
  document?: string;
  kind?: "presence" | "extent";
  decided?: boolean;
  page?: number;
}

export const kinds = ["presence", "extent"] as const;

export function readDisagreements(params: Record<string, unknown>): Shown {
  const decided = one(params.decided);
  return {
    concept: one(params.concept),
    document: one(params.document),
    kind: kinds.find((kind) => kind === params.kind),
    decided: decided === undefined ? undefined : decided === "true",
    page: positive(params.page),
  };
}
