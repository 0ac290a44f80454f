import type { Annotation } from "./edition";

/** Which annotations are wanted; nothing that is left out leaves any out. */
export interface Filter {
  /** Id of a concept. */
  concept?: string;
  /** Id of whoever made it. */
  by?: string;
  /** Id of the group that may read it. */
  group?: string;
  /** The first and the last day on which it was made, as 2026-11-26, in the reader's own time. */
  from?: string;
  to?: string;
}

export const filterNames = ["concept", "by", "group", "from", "to"] as const;

/** The filter of an address that may hold more. */
export function filterOf(address: Filter): Filter {
  const { concept, by, group, from, to } = address;
  return { concept, by, group, from, to };
}

export function isOn(filter: Filter): boolean {
  return filterNames.some((name) => filter[name] !== undefined);
}

/** Whether an annotation is one of those wanted. */
export function passes(filter: Filter, annotation: Annotation): boolean {
  const { concept, by, group, from, to } = filter;
  if (concept !== undefined && !annotation.concepts.some((one) => one.id === concept)) return false;
  if (group !== undefined && annotation.group !== group) return false;
  if (by !== undefined && annotation.creator.id !== by) return false;
  const made = from === undefined && to === undefined ? "" : dayOf(annotation.created);
  return (from === undefined || made >= from) && (to === undefined || made <= to);
}

/** A time in milliseconds as 2026-11-26, in the reader's own time. */
export function dayOf(time: number): string {
  const date = new Date(time);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Something to filter by, and how many annotations have it. */
export interface Choice {
  id: string;
  name: string;
  count: number;
}

/** What the annotations can be filtered by, each the most frequent first. */
export interface Choices {
  concepts: Choice[];
  people: Choice[];
}

export function choices(annotations: Annotation[]): Choices {
  const concepts = new Map<string, Choice>();
  const people = new Map<string, Choice>();
  for (const { concepts: tagged, creator } of annotations) {
    for (const concept of tagged) tell(concepts, concept.id, concept.label);
    tell(people, creator.id, creator.name);
  }
  return { concepts: ordered(concepts), people: ordered(people) };
}

/** The groups of which there are annotations, by the names that the reader knows. */
export function groupChoices(annotations: Annotation[], known: { id: string; name: string }[]): Choice[] {
  const found = new Map<string, Choice>();
  for (const { group } of annotations) {
    if (group) tell(found, group, known.find(({ id }) => id === group)?.name ?? "A group");
  }
  return ordered(found);
}

function tell(known: Map<string, Choice>, id: string, name: string): void {
  const choice = known.get(id) ?? { id, name, count: 0 };
  choice.count++;
  known.set(id, choice);
}

function ordered(known: Map<string, Choice>): Choice[] {
  return [...known.values()].sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}
