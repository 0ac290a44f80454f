import { one, writeParams } from "../app/address";
import { type Asked, asked, manifold, readSearch } from "../search/address";

/** What the cells count, if not passages. */
export const values = ["annotations", "people"] as const;
export type Value = (typeof values)[number];

/** By what the rows stand together. */
export const groupings = ["organisation", "year", "party"] as const;
export type Grouping = (typeof groupings)[number];

export const conceptStatuses = ["accepted", "proposed", "deprecated"] as const;
export type ConceptStatus = (typeof conceptStatuses)[number];

/** The state of the matrix, which is its address: the search and its filters choose the rows. */
export interface MatrixAddress extends Asked {
  value?: Value;
  /** Whether narrower concepts count for the uppermost ones. */
  rolled?: true;
  /** Only a concept (its id) and those below it. */
  under?: string;
  conceptStatus?: ConceptStatus;
  columns?: "all";
  rows?: "coded";
  /** "title", "total" or the id of a concept; by year, if it is left out. */
  sort?: string;
  groupBy?: Grouping;
  /** The cell whose passages are shown: ids of its document and of its concept. */
  row?: string;
  column?: string;
}

/** Reads an address; what is not valid is left out, and so is what is at its default. */
export function readMatrix(params: Record<string, unknown>): MatrixAddress {
  const address: MatrixAddress = asked(readSearch({ ...params, view: undefined, sort: undefined }));
  const choice = <T extends string>(name: string, known: readonly T[]) =>
    known.find((value) => value === one(params[name]));
  const value = choice("value", values);
  if (value) address.value = value;
  if (one(params.rolled) === "true") address.rolled = true;
  const under = one(params.under);
  if (under) address.under = under;
  const status = choice("conceptStatus", conceptStatuses);
  if (status) address.conceptStatus = status;
  if (one(params.columns) === "all") address.columns = "all";
  if (one(params.rows) === "coded") address.rows = "coded";
  const sort = one(params.sort);
  if (sort && sort !== "year") address.sort = sort;
  const groupBy = choice("groupBy", groupings);
  if (groupBy) address.groupBy = groupBy;
  const [row, column] = [one(params.row), one(params.column)];
  if (row && column) {
    address.row = row;
    address.column = column;
  }
  return address;
}

/** What the server is asked: all but which cell is open. */
export function matrixParams({ row, column, ...params }: MatrixAddress) {
  return params;
}

/** Where the matrix is to be had as a file, as it is shown. */
export function exportAddress(address: MatrixAddress, format: "csv" | "xlsx"): string {
  return `/api/matrix/export${writeParams({ ...matrixParams(address), format })}`;
}

/** Whether a search or a filter leaves out rows. */
export function narrows({ q, year, in: within, version, ...address }: MatrixAddress): boolean {
  return Boolean(q || year || within || version || manifold.some((name) => address[name]));
}
