import { one, positive, several, writeParams } from "../app/address";

/** Orders of documents and of their passages. */
export const sorts = ["relevance", "agreements", "newest", "oldest", "title", "hits"] as const;
export type Sort = (typeof sorts)[number];

/** Orders of the lines of a concordance. */
export const lineSorts = [
  "document",
  "left",
  "left2",
  "left3",
  "right",
  "right2",
  "right3",
  "organisation",
  "year",
] as const;
export type LineSort = (typeof lineSorts)[number];

/** What is shown in place of passages. */
const views = ["concordance", "agreements"] as const;

/** Filters with any number of values; a passage must have one of them. */
export const manifold = [
  "concept",
  "coded",
  "by",
  "group",
  "kind",
  "org",
  "party",
  "region",
  "lang",
  "status",
] as const;
export type Manifold = (typeof manifold)[number];

/** Values of the filter “coded”, in words. */
export const codings: Record<string, string> = { yes: "Coded", no: "Not yet coded" };

/** Which versions of texts are searched beside or in place of the current ones. */
export const otherVersions = ["all", "older"] as const;
export type OtherVersions = (typeof otherVersions)[number];

/** What is looked for. */
export interface Asked {
  q?: string;
  concept?: string[];
  /** "yes", for passages that have a concept, or "no" */
  coded?: string[];
  /** names of people who annotated */
  by?: string[];
  /** names of one's groups */
  group?: string[];
  kind?: string[];
  org?: string[];
  party?: string[];
  region?: string[];
  lang?: string[];
  status?: string[];
  /** "2014", "2010..2015", "2010.." or "..2015" */
  year?: string;
  /** id of the one document to search in */
  in?: string;
  /** Which versions of texts; the current ones, if it is left out. */
  version?: OtherVersions;
  /** false if only what is typed is searched, without synonyms */
  synonyms?: false;
}

/** The state of the search page, which is its address; whatever is left out is at its default. */
export interface SearchAddress extends Asked {
  /** Passages, if it is left out. */
  view?: (typeof views)[number];
  /** One of the orders of the view. */
  sort?: Sort | LineSort;
  page?: number;
}

const yearRange = /^(\d{1,4}|\d{1,4}\.\.(\d{1,4})?|\.\.\d{1,4})$/;

/** Reads an address; what is not valid is left out, and so is what is at its default. */
export function readSearch(params: Record<string, unknown>): SearchAddress {
  const address: SearchAddress = {};
  const q = one(params.q)?.trim();
  if (q) address.q = q;
  for (const name of manifold) {
    const values = several(params[name]).filter((value) => name !== "coded" || Object.hasOwn(codings, value));
    if (values.length > 0) address[name] = values;
  }
  const year = one(params.year);
  if (year && yearRange.test(year)) address.year = year;
  const document = one(params.in);
  if (document) address.in = document;
  const version = otherVersions.find((known) => known === one(params.version));
  if (version) address.version = version;
  if (one(params.synonyms) === "false") address.synonyms = false;
  const view = views.find((known) => known === one(params.view));
  if (view) address.view = view;
  const orders = ordersOf(view);
  const sort = orders.find((known) => known === one(params.sort));
  if (sort && sort !== orders[0]) address.sort = sort;
  const page = positive(params.page);
  if (page && page > 1) address.page = page;
  return address;
}

/** The orders of a view, its first one first. */
export function ordersOf(view: SearchAddress["view"]): readonly (Sort | LineSort)[] {
  return view === "concordance" ? lineSorts : sorts;
}

/** What an address looks for, without how it is shown. */
export function asked({ view, sort, page, ...asked }: SearchAddress): Asked {
  return asked;
}

/** What the reader is told of a search: whose matches it marks. */
export function inReader({ q, synonyms }: Asked): Pick<Asked, "q" | "synonyms"> {
  return { q, synonyms };
}

/** The same search in a view, from the first page and in the same order, if the view has it; as it is, if this is its view. */
export function inView(address: SearchAddress, view: SearchAddress["view"]): SearchAddress {
  if (address.view === view) return address;
  const sort = ordersOf(view) === ordersOf(address.view) ? address.sort : undefined;
  return { ...asked(address), ...(view && { view }), ...(sort && { sort }) };
}

/** The query string that a saved search keeps: everything but the page. */
export function savedAddress(address: SearchAddress): string {
  return writeParams({ ...address, page: undefined }).slice(1);
}

/** Whether the address asks for anything; if not, the page shows where to begin. */
export function asksNothing(address: SearchAddress): boolean {
  return writeParams({ ...asked(address), synonyms: undefined }) === "";
}

/** The address with a value of a filter put in or, if it is there, taken out; always back on the first page. */
export function toggled(address: SearchAddress, name: Manifold, value: string): SearchAddress {
  const values = address[name] ?? [];
  const next = values.includes(value) ? values.filter((v) => v !== value) : [...values, value];
  return { ...address, [name]: next.length > 0 ? next : undefined, page: undefined };
}

/** The address without any filter. */
export function unfiltered({ q, synonyms, view, sort }: SearchAddress): SearchAddress {
  return {
    ...(q && { q }),
    ...(synonyms === false && { synonyms }),
    ...(view && { view }),
    ...(sort && { sort }),
  };
}

/** Both ends of a range of years, 0 for an open one. */
export function yearEnds(year: string | undefined): { from: number; to: number } {
  if (!year) return { from: 0, to: 0 };
  const [from = "", to = from] = year.split("..");
  return { from: Number(from), to: Number(to) };
}

/** What yearEnds reads, or undefined when both ends are open. Ends in the wrong order are put right. */
export function yearBetween(from: number, to: number): string | undefined {
  if (!from && !to) return undefined;
  if (from && to && from > to) return yearBetween(to, from);
  if (from === to) return String(from);
  return `${from || ""}..${to || ""}`;
}
