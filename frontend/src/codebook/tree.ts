import type { Concept } from "./queries";

/** A line of the tree as it is shown. */
export interface Row {
  concept: Concept;
  /** 1 at the top. */
  level: number;
  /** Place among its siblings, from 1 on, and how many these are. */
  place: number;
  siblings: number;
  /** Whether something is below it, and whether that is shown. */
  parent: boolean;
  open: boolean;
}

const byLabel = new Intl.Collator("en", { sensitivity: "base", numeric: true });

/** Whether a concept is named or described by all words of a text. */
export function fits(concept: Concept, text: string): boolean {
  const said = fold([concept.label, ...concept.aliases, concept.definition].join(" "));
  return fold(text)
    .split(/\s+/)
    .every((word) => said.includes(word));
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** The concepts right below each, by label; at "" those at the top, where one is too whose broader concept is not here. */
export function childrenOf(concepts: readonly Concept[]): Map<string, Concept[]> {
  const here = new Set(concepts.map((concept) => concept.id));
  const below = new Map<string, Concept[]>();
  for (const concept of [...concepts].sort((a, b) => byLabel.compare(a.label, b.label))) {
    const above = here.has(concept.broader) ? concept.broader : "";
    below.set(above, [...(below.get(above) ?? []), concept]);
  }
  return below;
}

/** The ids of the concepts that a filter shows: those it keeps and what is above them. */
export function keptWithAbove(
  concepts: readonly Concept[],
  keep: (concept: Concept) => boolean,
): Set<string> {
  const byId = new Map(concepts.map((concept) => [concept.id, concept]));
  const shown = new Set<string>();
  for (const concept of concepts.filter(keep)) {
    for (let at: Concept | undefined = concept; at && !shown.has(at.id); at = byId.get(at.broader)) {
      shown.add(at.id);
    }
  }
  return shown;
}

/** The lines of the tree in their order: what is below a closed concept is left out. */
export function rowsOf(concepts: readonly Concept[], closed: ReadonlySet<string>): Row[] {
  const below = childrenOf(concepts);
  const rows: Row[] = [];
  const add = (above: string, level: number) => {
    const siblings = below.get(above) ?? [];
    siblings.forEach((concept, index) => {
      const parent = below.has(concept.id);
      const open = parent && !closed.has(concept.id);
      rows.push({ concept, level, place: index + 1, siblings: siblings.length, parent, open });
      if (open) add(concept.id, level + 1);
    });
  };
  add("", 1);
  return rows;
}

/** The concepts below one, and it itself: where it cannot be moved to. */
export function withBelow(concepts: readonly Concept[], id: string): Set<string> {
  const below = childrenOf(concepts);
  const all = new Set<string>();
  const add = (one: string) => {
    all.add(one);
    for (const child of below.get(one) ?? []) add(child.id);
  };
  add(id);
  return all;
}

/** What a key does to the line at an index: another line to go to, a line to open or to close; null for other keys. */
export type Step = { to: number } | { open: string } | { close: string } | null;

/** The keys of a tree as the ARIA Authoring Practices have them, but for typing ahead. */
export function stepOf(key: string, rows: readonly Row[], at: number): Step {
  const row = rows[at];
  if (!row) return null;
  const last = rows.length - 1;
  switch (key) {
    case "ArrowDown":
      return { to: Math.min(at + 1, last) };
    case "ArrowUp":
      return { to: Math.max(at - 1, 0) };
    case "Home":
      return { to: 0 };
    case "End":
      return { to: last };
    case "ArrowRight":
      if (!row.parent) return { to: at };
      return row.open ? { to: at + 1 } : { open: row.concept.id };
    case "ArrowLeft": {
      if (row.open) return { close: row.concept.id };
      const above = rows.slice(0, at).findLastIndex((one) => one.level < row.level);
      return { to: above < 0 ? at : above };
    }
  }
  return null;
}

/** The next line, after the one at an index and from the top again, whose label begins with what was typed; -1 if none does. */
export function typedAhead(rows: readonly Row[], at: number, typed: string): number {
  const wanted = fold(typed);
  // One letter goes on to the next such label; more letters may stay.
  const from = typed.length > 1 ? at : at + 1;
  for (let i = 0; i < rows.length; i++) {
    const index = (from + i) % rows.length;
    if (fold(rows[index]?.concept.label ?? "").startsWith(wanted)) return index;
  }
  return -1;
}
