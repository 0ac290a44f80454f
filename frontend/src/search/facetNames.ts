import { language } from "../ui/words";
import { codings, type Manifold, type OtherVersions } from "./address";
import type { Facet } from "./queries";

export const facetNames: Record<Manifold, string> = {
  concept: "Concept",
  coded: "Coding",
  by: "Annotated by",
  group: "Group",
  kind: "Kind",
  org: "Organisation",
  party: "Party",
  region: "Region",
  lang: "Language",
  status: "Status",
};

/** Which versions are searched, in words. */
export const versionNames: Record<OtherVersions, string> = {
  all: "older ones too",
  older: "older ones only",
};

/** The value of a filter in words, also when nothing that was found has it. */
export function labelOf(facets: Facet[] | undefined, name: Manifold, value: string): string {
  const facet = facets?.find((found) => found.name === name);
  const label = facet?.values.find((found) => found.value === value)?.label;
  return label ?? inWords(name, value);
}

/** The value of a filter in words, as far as they are known without the server. */
export function inWords(name: Manifold, value: string): string {
  if (name === "lang") return language(value);
  return (name === "coded" && codings[value]) || value;
}
