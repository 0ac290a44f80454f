import type { Schemas } from "../api/client";

type ConceptRef = Schemas["ConceptRef"];

const setting = "recent-concepts";

/** As many as there are keys for them. */
const most = 9;

/** The concepts that were last used in this browser, the last one first; at most nine. */
export function recentConcepts(): ConceptRef[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(setting) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isConcept).slice(0, most) : [];
  } catch {
    return []; // somebody else wrote there
  }
}

/** Remembers that concepts were used; the first of them comes first then. */
export function rememberConcepts(used: ConceptRef[]): void {
  const names = used.map(({ id, label, family }) => ({ id, label, family }));
  const others = recentConcepts().filter((one) => !names.some(({ id }) => id === one.id));
  localStorage.setItem(setting, JSON.stringify([...names, ...others].slice(0, most)));
}

function isConcept(value: unknown): value is ConceptRef {
  const { id, label, family } = (value ?? {}) as Partial<ConceptRef>;
  return typeof id === "string" && typeof label === "string" && typeof family === "number";
}
