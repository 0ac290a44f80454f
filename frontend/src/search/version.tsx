import type { DocumentSummary } from "./queries";

interface Found {
  version: string;
  superseded: boolean;
}

/** The version that a link to something found must name; undefined where the document alone leads there. */
export function versionOf(
  document: Pick<DocumentSummary, "languages">,
  { version, superseded }: Found,
): string | undefined {
  return superseded || document.languages.length > 1 ? version : undefined;
}

/** Says of what was found in an older version that it was. */
export function Older({ superseded }: Pick<Found, "superseded">) {
  return superseded && <span className="older">Older version</span>;
}
