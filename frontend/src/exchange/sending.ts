import { answer, client } from "../api/client";

/** What came of a file, or would come of it. */
export interface Outcome {
  taken: number;
  there: number;
  refused: number;
  refusals: { label: string; reason: string }[];
  remarks: string[];
  /** To undo it; "" if there is nothing to undo that way. */
  operation: string;
}

export type Send = (file: File, preview: boolean) => Promise<Outcome>;

const form = (file: File) => {
  const body = new FormData();
  body.append("file", file);
  return body;
};

/** Sends annotations; a preview changes nothing. */
export const sendAnnotations: Send = async (file, preview) => {
  const report = await answer(
    client.POST("/api/annotations/import", {
      params: { query: { preview } },
      body: { file: "" },
      bodySerializer: () => form(file),
    }),
  );
  const concepts =
    report.concepts > 0 ? [`concepts that are not in the codebook yet: ${report.concepts}`] : [];
  return { ...report, remarks: [...concepts, ...report.remarks] };
};

/** Sends a codebook; a preview changes nothing. */
export const sendCodebook: Send = async (file, preview) => {
  const report = await answer(
    client.POST("/api/codebook", {
      params: { query: { preview } },
      body: { file: "" },
      bodySerializer: () => form(file),
    }),
  );
  return { ...report, taken: report.added, refused: report.refusals.length };
};

/** Takes back what an import did. */
export function undo(operation: string) {
  return answer(client.POST("/api/operations/{operation}/undo", { params: { path: { operation } } }));
}
