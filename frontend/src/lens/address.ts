import { one, positive, writeParams } from "../app/address";
import { type Asked, asked, readSearch, type SearchAddress } from "../search/address";

/** Orders of the collocates: by log-likelihood or by how often they are near, in one group or by what tells the groups apart. */
export const wordOrders = ["a", "near-a", "b", "near-b", "contrast"] as const;
export type WordOrder = (typeof wordOrders)[number];

/** Orders of the lines of a group. */
export const sideSorts = ["document", "left", "right"] as const;
export type SideSort = (typeof sideSorts)[number];

export const firstWindow = 5;
const widest = 50;

/** The state of the term lens, which is its address; whatever is left out is at its default. */
export interface LensAddress extends Asked {
  /** The query that makes the first group; all there is, if it is left out. */
  a?: string;
  /** The second group; all that is not in the first, if it is left out. */
  b?: string;
  /** How many words on each side of a match are near it. */
  window?: number;
  /** Whether digests are left out. */
  digests?: "out";
  /** Whether function words are among the collocates. */
  words?: "all";
  order?: WordOrder;
  sort?: SideSort;
}

/** Reads an address; what is not valid is left out, and so is what is at its default. */
export function readLens(params: Record<string, unknown>): LensAddress {
  const address: LensAddress = asked(readSearch(params));
  for (const group of ["a", "b"] as const) {
    const query = one(params[group])?.trim();
    if (query) address[group] = query;
  }
  const window = positive(params.window);
  if (window && window <= widest && window !== firstWindow) address.window = window;
  if (one(params.digests) === "out") address.digests = "out";
  if (one(params.words) === "all") address.words = "all";
  const order = wordOrders.find((known) => known === one(params.order));
  if (order && order !== wordOrders[0]) address.order = order;
  const sort = sideSorts.find((known) => known === one(params.sort));
  if (sort && sort !== sideSorts[0]) address.sort = sort;
  return address;
}

/** What is looked for, apart from the groups: the query and the filters, and that digests do not count if they do not. */
export function scope({ a, b, window, digests, words, order, sort, ...asked }: LensAddress): Asked {
  return digests ? { ...asked, q: and(asked.q, "NOT has:digest") } : asked;
}

/** What the server is asked. */
export function lensParams(address: LensAddress) {
  const { a, b, window, words } = address;
  return { ...scope(address), a, b, window, stopwords: words ? true : undefined };
}

/** Where the figures are to be had as a file. */
export function exportAddress(address: LensAddress, format: "csv" | "json"): string {
  return `/api/lens/export${writeParams({ ...lensParams(address), format })}`;
}

export type Side = "a" | "b";

/** The query that makes a group, "" for all there is. */
export function groupQuery({ a, b }: LensAddress, side: Side): string {
  if (side === "a") return a ?? "";
  return b ?? (a ? `NOT (${a})` : "");
}

/** Whether there is anything to compare: by default the second group is what is left by the first. */
export function compares({ a, b }: LensAddress): boolean {
  return Boolean(a || b);
}

/** The search that finds what matches in a group, and what else is asked of it. */
export function searchIn(address: LensAddress, side: Side, also: Partial<SearchAddress> = {}): SearchAddress {
  const within = scope(address);
  return { ...within, q: and(within.q, groupQuery(address, side)), ...also };
}

/** The search that finds a word near the matches in a group. */
export function searchNear(address: LensAddress, side: Side, word: string): SearchAddress {
  const { q } = address;
  const phrase = `"${word}"`;
  // Nearness is between words and phrases; beside anything else the word is in the same passage.
  const near = q && simple.test(q) ? `${q} NEAR/${address.window ?? firstWindow} ${phrase}` : and(q, phrase);
  return searchIn({ ...address, q: near }, side);
}

const simple = /^("(?:[^"\\]|\\.)*"|[^\s():"]+)$/;

/** One query for what both find. */
export function and(first: string | undefined, second: string): string | undefined {
  if (!first || !second) return first || second || undefined;
  return `${held(first)} ${second.startsWith("NOT ") ? second : held(second)}`;
}

/** A query as it can stand beside another. */
function held(query: string): string {
  return simple.test(query) || /^\w+:("[^"\\]*"|[^\s()"]+)$/.test(query) ? query : `(${query})`;
}
