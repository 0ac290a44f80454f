import { Link } from "@tanstack/react-router";
import { manifold, type SearchAddress, toggled, unfiltered } from "./address";
import { facetNames, labelOf, versionNames } from "./facetNames";
import type { Facet, Result } from "./queries";

/** A filter that is on, in words. */
export interface Filter {
  key: string;
  text: string;
  without: SearchAddress;
}

interface Props {
  address: SearchAddress;
  facets: Facet[] | undefined;
  result: Result | undefined;
}

/** The filters that are on, each with a way to take it off. */
export function Chosen({ address, facets, result }: Props) {
  const filters = filtersOf({ address, facets, result });
  if (filters.length === 0) return null;
  return (
    <ul className="chosen" aria-label="Filters that are on">
      {filters.map(({ key, text, without }) => (
        <li key={key}>
          <Link className="chip f7" to="/search" search={without} aria-label={`Remove filter ${text}`}>
            {text} <span aria-hidden="true">✕</span>
          </Link>
        </li>
      ))}
      {filters.length > 1 && (
        <li>
          <Link className="small" to="/search" search={unfiltered(address)}>
            Remove all
          </Link>
        </li>
      )}
    </ul>
  );
}

/** The filters that are on. */
export function filtersOf({ address, facets, result }: Props): Filter[] {
  const filters: Filter[] = manifold.flatMap((name) =>
    (address[name] ?? []).map((value) => ({
      key: `${name} ${value}`,
      text: `${facetNames[name]}: ${labelOf(facets, name, value)}`,
      without: toggled(address, name, value),
    })),
  );
  if (address.year) {
    const without = { ...address, year: undefined, page: undefined };
    filters.push({ key: "year", text: `Year: ${address.year.replace("..", "–")}`, without });
  }
  if (address.in) {
    const title = result?.groups.find((group) => group.document.id === address.in)?.document.title;
    const without = { ...address, in: undefined, page: undefined };
    filters.push({ key: "in", text: `In: ${title ?? address.in}`, without });
  }
  if (address.version) {
    const without = { ...address, version: undefined, page: undefined };
    filters.push({ key: "version", text: `Versions: ${versionNames[address.version]}`, without });
  }
  return filters;
}
