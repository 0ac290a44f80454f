/** Fields by which a group of documents is chosen. */
export const groupFields = ["org", "party", "region", "kind", "concept", "lang"] as const;
export type GroupField = (typeof groupFields)[number];

/** What is chosen: documents with one of the values of each field, and of the years. */
export interface Picks extends Partial<Record<GroupField, string[]>> {
  /** As in the query language: "2014", "2010..2015", "2010.." or "..2015" */
  year?: string;
}

const quoted = (text: string) => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/** The query that makes a group; undefined for all there is. */
export function writeGroup(picks: Picks): string | undefined {
  const clauses = groupFields.flatMap((field) => {
    const terms = (picks[field] ?? []).map((value) => `${field}:${quoted(value)}`);
    if (terms.length === 0) return [];
    return [terms.length > 1 ? `(${terms.join(" OR ")})` : (terms[0] as string)];
  });
  if (picks.year) clauses.push(`year:${picks.year}`);
  return clauses.join(" ") || undefined;
}

const term = /^(org|party|region|kind|concept|lang):"((?:[^"\\]|\\.)*)"/;
const years = /^year:(\d{1,4}\.\.\d{1,4}|\d{1,4}\.\.|\.\.\d{1,4}|\d{1,4})(?=\s|$)/;

/** What is chosen by a query that writeGroup writes; undefined for any other. */
export function readGroup(query: string | undefined): Picks | undefined {
  const picks: Picks = {};
  let rest = query?.trim() ?? "";
  while (rest) {
    const open = rest.startsWith("(");
    const year = years.exec(rest);
    if (year && !picks.year) {
      picks.year = year[1];
      rest = rest.slice(year[0].length);
    } else {
      const read = readTerms(open ? rest.slice(1) : rest, open);
      if (!read || picks[read.field]) return undefined;
      picks[read.field] = read.values;
      rest = read.rest;
    }
    if (rest && !/^\s/.test(rest)) return undefined;
    rest = rest.trimStart();
  }
  return writeGroup(picks) === (query?.trim() || undefined) ? picks : undefined;
}

/** One term or, in parentheses, terms of one field with OR between them. */
function readTerms(text: string, several: boolean) {
  const values: string[] = [];
  let field: GroupField | undefined;
  let rest = text;
  for (;;) {
    const found = term.exec(rest);
    if (!found || (field && field !== found[1])) return undefined;
    field = found[1] as GroupField;
    values.push((found[2] as string).replace(/\\(.)/g, "$1"));
    rest = rest.slice(found[0].length);
    if (!several) return { field, values, rest };
    if (rest.startsWith(")")) return { field, values, rest: rest.slice(1) };
    if (!rest.startsWith(" OR ")) return undefined;
    rest = rest.slice(" OR ".length);
  }
}

/** With a value put in; a value that is there stays. */
export function picked(picks: Picks, field: GroupField, value: string): Picks {
  const values = picks[field] ?? [];
  return values.includes(value) ? picks : { ...picks, [field]: [...values, value] };
}

/** Without a value. */
export function dropped(picks: Picks, field: GroupField, value: string): Picks {
  const values = (picks[field] ?? []).filter((other) => other !== value);
  return { ...picks, [field]: values.length > 0 ? values : undefined };
}
