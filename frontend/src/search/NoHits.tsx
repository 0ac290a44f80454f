import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { count } from "../ui/words";
import { asksNothing, type SearchAddress, unfiltered } from "./address";
import { type Filter, filtersOf } from "./Chosen";
import { Blame, Clauses } from "./Clauses";
import { countQuery, type Facet, type Result } from "./queries";

interface Props {
  address: SearchAddress;
  facets: Facet[] | undefined;
  result: Result;
}

/** Nothing was found: which clause is to blame, what each finds alone, what the filters keep out, and what else to try. */
export function NoHits({ address, facets, result }: Props) {
  const filters = filtersOf({ address, facets, result });
  return (
    <section className="nohits stack" aria-labelledby="nohits">
      <h2 id="nohits">No passage matches</h2>
      <Blame clauses={result.clauses} />
      {result.clauses.length > 1 && <Clauses clauses={result.clauses} />}
      {filters.length > 0 && (
        <>
          <h3>Take a filter off</h3>
          <ul className="clauses">
            {filters.map((filter) => (
              <Without key={filter.key} filter={filter} />
            ))}
          </ul>
        </>
      )}
      <ul className="hints">
        {filters.length > 1 && address.q && (
          <li>
            <Link to="/search" search={unfiltered(address)}>
              Search without the filters
            </Link>
          </li>
        )}
        <li>A phrase in quotation marks finds exactly these words; without the marks, any of their forms.</li>
        <li>
          A word that begins alike: <code>sover*</code>. One of several: <code>attack OR operation</code>.
        </li>
      </ul>
    </section>
  );
}

/** The search without one of its filters, and how much that finds. */
function Without({ filter: { text, without } }: { filter: Filter }) {
  const { data } = useQuery({ ...countQuery(without), enabled: !asksNothing(without) });
  return (
    <li>
      <Link to="/search" search={without}>
        without {text}
      </Link>{" "}
      <span>{data && (data.passages === 0 ? "nothing" : count(data.passages, "passage"))}</span>
    </li>
  );
}
