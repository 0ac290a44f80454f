import { Link } from "@tanstack/react-router";
import { count } from "../ui/words";
import { type SearchAddress, unfiltered } from "./address";
import type { Result } from "./queries";

/** Nothing was found: which clause is to blame, what each finds alone, and what else to try. */
export function NoHits({ address, result }: { address: SearchAddress; result: Result }) {
  const guilty = result.clauses.filter((clause) => clause.passages === 0);
  const filtered = Object.keys(unfiltered(address)).length < Object.keys(address).length;
  return (
    <section className="nohits stack" aria-labelledby="nohits">
      <h2 id="nohits">No passage matches</h2>
      <p>
        {blame(
          guilty.map((clause) => clause.clause),
          result.clauses.length,
        )}
      </p>
      {result.clauses.length > 1 && (
        <table>
          <caption className="sr">What each clause finds alone</caption>
          <thead>
            <tr>
              <th scope="col">Clause</th>
              <th scope="col">Alone</th>
            </tr>
          </thead>
          <tbody>
            {result.clauses.map(({ clause, passages }) => (
              <tr key={clause} className={passages === 0 ? "guilty" : undefined}>
                <td>
                  <Link to="/search" search={{ q: clause }}>
                    <code>{clause}</code>
                  </Link>
                </td>
                <td>{passages === 0 ? "nothing" : count(passages, "passage")}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <ul className="hints">
        {filtered && address.q && (
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

function blame(guilty: string[], clauses: number): string {
  const [clause] = guilty;
  if (guilty.length === 1 && clauses > 1)
    return `“${clause}” alone finds nothing, so the whole query cannot.`;
  if (guilty.length > 1) return `${guilty.length} of the clauses find nothing, even alone.`;
  if (clauses > 1) return "Each clause finds something alone, but no passage has them all.";
  return "Nothing here has what the query asks for.";
}
