import type { DocumentSummary } from "./queries";

const fewParties = 4;

/** What tells a document from others, in few words: year, organisation or parties, kind. */
export function facts(document: DocumentSummary): string[] {
  const { year, kind } = document;
  return [year ? String(year) : "", ...whose(document), kind].filter(Boolean);
}

/** The organisation or, where there is none, some of the parties. */
export function whose({ organisation, parties = [] }: DocumentSummary): string[] {
  return organisation ? [organisation] : someOf(parties);
}

function someOf(parties: string[]): string[] {
  if (parties.length <= fewParties) return parties;
  const shown = fewParties - 1;
  return [...parties.slice(0, shown), `and ${parties.length - shown} others`];
}

/** The name to cite a document by. */
export function nameOf(document: { title: string; shortTitle?: string }): string {
  return document.shortTitle || document.title;
}
