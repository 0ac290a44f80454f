import { one, positive } from "../app/address";

/** The state of the library: what of the documents is shown. */
export interface LibraryAddress {
  text?: string;
  kind?: string;
  page?: number;
}

export function readLibrary(params: Record<string, unknown>): LibraryAddress {
  return { text: one(params.text), kind: one(params.kind), page: positive(params.page) };
}
