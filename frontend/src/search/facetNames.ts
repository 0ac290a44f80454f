import { language } from "../ui/words";
import type { Manifold } from "./address";
import type { Facet } from "./queries";

export const facetNames: Record<Manifold, string> = {
  concept: "Concept",
  kind: "Kind",
  org: "Organisation",
  party: "Party",
  lang: "Language",
};

/** The value of a filter in words, also when nothing that was found has it. */
export function labelOf(facets: Facet[] | undefined, name: Manifold, value: string): string {
  const facet = facets?.find((found) => found.name === name);
  const label = facet?.values.find((found) => found.value === value)?.label;
  return label ?? (name === "lang" ? language(value) : value);
}
