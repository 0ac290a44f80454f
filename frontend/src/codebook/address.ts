import { one } from "../app/address";

/** The state of the codebook: which of several, which concept is open, what the list is narrowed to. */
export interface CodebookAddress {
  codebook?: string;
  concept?: string;
  text?: string;
  status?: string;
}

export function readCodebook(params: Record<string, unknown>): CodebookAddress {
  return {
    codebook: one(params.codebook),
    concept: one(params.concept),
    text: one(params.text),
    status: one(params.status),
  };
}
