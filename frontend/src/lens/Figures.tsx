import { Link } from "@tanstack/react-router";
import { count, number, sentence } from "../ui/words";
import { compares, type LensAddress, type Side, searchIn } from "./address";
import type { Lens, LensGroup } from "./queries";
import { contrastInWords, rate } from "./words";

/** How often the term stands in each group, and how the one compares with the other. */
export function Figures({ address, lens }: { address: LensAddress; lens: Lens }) {
  const contrast = contrastInWords(lens.contrast, lens.a, lens.b);
  return (
    <section aria-labelledby="lens-frequency">
      <h2 id="lens-frequency">How often</h2>
      <div className="lens-pair">
        <Card side="a" group={lens.a} address={address} />
        {compares(address) && <Card side="b" group={lens.b} address={address} />}
      </div>
      {compares(address) && contrast && <p className="lens-contrast">{contrast}</p>}
      {lens.synonyms.length > 0 && (
        <p className="small muted">
          Also counted: {lens.synonyms.join(", ")}. A phrase in quotation marks is counted alone.
        </p>
      )}
      {lens.both > 0 && (
        <p className="notice">
          {count(lens.both, "passage is", "passages are")} in both groups. What compares A with B means little
          unless they have nothing in common.
        </p>
      )}
    </section>
  );
}

function Card({ side, group, address }: { side: Side; group: LensGroup; address: LensAddress }) {
  const { matches, documents, texts, words, perMillion, low, high } = group;
  const name = side.toUpperCase();
  return (
    <div className={`lens-card ${side}`}>
      <h3>
        <span className="lens-tag">{name}</span> {named(side, group, address)}
      </h3>
      <p>
        <b className="lens-big">{rate(perMillion)}</b> per million words
      </p>
      <dl>
        <div>
          <dt>95 % interval</dt>
          <dd>
            {rate(low)} to {rate(high)}
          </dd>
        </div>
        <div>
          <dt>Matches</dt>
          <dd>
            <Link
              to="/search"
              search={searchIn(address, side, { view: "concordance" })}
              aria-label={`${count(matches, "match", "matches")} in ${name}, as a concordance`}
            >
              {number(matches)}
            </Link>
          </dd>
        </div>
        <div>
          <dt>Documents</dt>
          <dd>
            {number(documents)} of {number(texts)}
          </dd>
        </div>
        <div>
          <dt>Words</dt>
          <dd>{number(words)}</dd>
        </div>
      </dl>
    </div>
  );
}

/** What a group is: "Of the organisation “…”". */
function named(side: Side, { query, explanation }: LensGroup, { b }: LensAddress): string {
  if (side === "b" && !b) return "Elsewhere";
  if (!query) return "All documents";
  return sentence(explanation.replace(/^every passage /, ""));
}
