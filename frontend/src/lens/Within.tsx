import { Link } from "@tanstack/react-router";
import { manifold } from "../search/address";
import { facetNames, labelOf } from "../search/facetNames";
import type { Facet } from "../search/queries";
import type { LensAddress } from "./address";

/** The filters that came along from the search and narrow both groups, each with a way to take it off. */
export function Within({ address, values }: { address: LensAddress; values: Facet[] | undefined }) {
  const filters = manifold.flatMap((name) =>
    (address[name] ?? []).map((value) => {
      const rest = address[name]?.filter((other) => other !== value) ?? [];
      return {
        text: `${facetNames[name]}: ${labelOf(values, name, value)}`,
        without: { ...address, [name]: rest.length > 0 ? rest : undefined },
      };
    }),
  );
  if (address.year)
    filters.push({
      text: `Year: ${address.year.replace("..", "–")}`,
      without: { ...address, year: undefined },
    });
  if (address.in) filters.push({ text: `In: ${address.in}`, without: { ...address, in: undefined } });
  if (filters.length === 0) return null;
  return (
    <div className="row">
      <span className="small muted">Both groups within</span>
      <ul className="lens-chips" aria-label="Filters of both groups">
        {filters.map(({ text, without }) => (
          <li key={text}>
            <Link className="chip f7" to="/lens" search={without} aria-label={`Remove filter ${text}`}>
              {text} <span aria-hidden="true">✕</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
