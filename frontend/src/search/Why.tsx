import { useQuery } from "@tanstack/react-query";
import { asProblem, type Schemas } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { count, number } from "../ui/words";
import type { Asked } from "./address";
import { type Hit, whyQuery } from "./queries";
import { distinct, inPlainWords, type Reason, shares } from "./why";
import "./why.css";

/** Words of the text that are named for one reason; of more, only how many there are. */
const named = 5;

/** Where the score of a hit comes from: each word, how often and how rare it is, and what it adds. */
export default function Why({ address, hit }: { address: Asked; hit: Hit }) {
  const { data, error, refetch } = useQuery(whyQuery(address, hit.version, hit.provision));
  return (
    <section className="why small" aria-label="Why this result">
      {error ? (
        <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />
      ) : data ? (
        <Reasons why={data} language={hit.language} />
      ) : (
        <p className="muted" role="status">
          Adding up…
        </p>
      )}
    </section>
  );
}

function Reasons({ why, language }: { why: Schemas["Why"]; language: string }) {
  if (why.reasons.length === 0) {
    return <p>The query asks for nothing that would put one passage before another.</p>;
  }
  const parts = shares(why.reasons);
  const sum = parts.reduce((a, b) => a + b, 0);
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">Found for</th>
            <th scope="col">Adds</th>
          </tr>
        </thead>
        <tbody>
          {why.reasons.map((reason, i) => {
            const part = parts[i] ?? 0;
            return (
              <tr key={reason.clause}>
                <th scope="row">
                  <Words reason={reason} language={language} />
                  <span className="muted">{inPlainWords(reason, why.passages).join(" · ")}</span>
                </th>
                <td>
                  {hundredths(part)}
                  <svg className="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                    <rect className="ground" width="100" height="6" />
                    <rect width={sum > 0 ? (part / sum) * 100 : 0} height="6" />
                  </svg>
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Together</th>
            <td>{hundredths(sum)}</td>
          </tr>
        </tfoot>
      </table>
      <p className="muted">
        The passage has {count(why.words, "word")}, one has {number(Math.round(why.average))} on average: the
        same words count for less in a long passage than in a short one.
      </p>
    </>
  );
}

function Words({ reason: { clause, words }, language }: { reason: Reason; language: string }) {
  if (clause === "") return <b>words near each other</b>;
  if (words.length === 0) return <code>{clause}</code>;
  const all = distinct(words);
  const more = all.length - named;
  return (
    <span>
      <b lang={language}>{all.slice(0, named).join(", ")}</b>
      {more > 0 && ` and ${more} more`}
    </span>
  );
}

const hundredths = (value: number) => (value / 100).toFixed(2);
