import type { Schemas } from "../api/client";
import { count } from "../ui/words";

/** What people say of a document, as they type it: lists are lists, all else is text. */
export type Values = Required<Omit<Schemas["MetadataEdit"], "number">>;
export type Field = keyof Values;

export const names: Record<Field, string> = {
  title: "Title",
  shortTitle: "Short title",
  aliases: "Other names",
  kind: "Kind",
  organisation: "Organisation",
  region: "Region",
  parties: "Parties",
  adopted: "Adopted",
  signed: "Signed",
  inForce: "In force from",
  ended: "Ended",
  status: "Status",
  supersededBy: "Superseded by",
  remarks: "Remarks",
  about: "Comments on",
  address: "Address of the official text",
  licence: "Licence",
};

export const fields = Object.keys(names) as Field[];

export const kinds = ["treaty", "declaration", "directive", "resolution", "code of conduct", "commentary"];

/** The usual words on how a document stands; any others may be written. */
export const statuses = ["in force", "signed", "superseded", "ended"];

/** What a document says in each field; what it does not say is empty. */
export function valuesOf(document: Schemas["Document"]): Values {
  const { id: _, digest: __, ...said } = document;
  const empty = Object.fromEntries(
    fields.map((field) => [field, isList(field) ? [] : ""]),
  ) as unknown as Values;
  return { ...empty, ...said };
}

export function isList(field: Field): field is "aliases" | "parties" {
  return field === "aliases" || field === "parties";
}

/** Whether two values say the same. */
export function same(one: string | string[], other: string | string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The fields in which two differ. */
export function differing(one: Values, other: Values): Field[] {
  return fields.filter((field) => !same(one[field], other[field]));
}

/** What is typed, brought together with what others have written since: theirs where nothing was typed. */
export function merged(typed: Values, read: Values, now: Values) {
  const mine = differing(typed, read);
  const values = { ...now, ...pick(typed, mine) };
  return { values, contested: differing(now, read).filter((field) => !same(values[field], now[field])) };
}

/** These fields of values. */
export function pick(values: Values, wanted: Field[]): Partial<Values> {
  return Object.fromEntries(wanted.map((field) => [field, values[field]]));
}

/** A value in a line of the history. */
export function inLine(value: string | string[]): string {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0 || list[0] === "") return "nothing";
  if (list.length > 12) return `${list.slice(0, 12).join("; ")} and ${count(list.length - 12, "other")}`;
  return list.join("; ");
}
