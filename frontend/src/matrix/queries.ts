import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";
import { queries } from "../app/queries";
import { type MatrixAddress, matrixParams } from "./address";

export type Matrix = Schemas["Matrix"];
export type MatrixRow = Matrix["rows"][number];
export type MatrixConcept = Matrix["concepts"][number];
export type MatrixCell = Schemas["MatrixCell"];
export type CellPassage = MatrixCell["passages"][number];

/** The whole matrix; while another is counted, the last one stays. */
export const matrixQuery = (address: MatrixAddress) => {
  const query = matrixParams(address);
  return queryOptions({
    queryKey: ["matrix", query],
    queryFn: ({ signal }) => answer(client.GET("/api/matrix", { params: { query }, signal })),
    placeholderData: keepPreviousData,
    structuralSharing: false,
    staleTime: 0,
  });
};

/** What is behind a cell. */
export const cellQuery = (document: string, concept: string, rolled: boolean) =>
  queryOptions({
    queryKey: ["matrix", "cell", document, concept, rolled],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/matrix/cell", { params: { query: { document, concept, rolled } }, signal })),
    staleTime: 0,
  });

/** What the filters can be set to: the values of all documents. */
export const filtersQuery = queryOptions({
  queryKey: ["search", "matrix", "filters"],
  queryFn: async ({ signal }) =>
    (await answer(client.GET("/api/search", { params: { query: { size: 1, hits: 1 } }, signal }))).facets,
});

/** What was read of the matrix, and of annotations elsewhere, no longer holds. */
export function outdate(): Promise<void> {
  for (const key of ["margin", "search", "concepts"]) void queries.invalidateQueries({ queryKey: [key] });
  return queries.invalidateQueries({ queryKey: ["matrix"] });
}
