import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { count, number } from "../ui/words";
import { compares, type LensAddress, type Side, searchNear, type WordOrder, wordOrders } from "./address";
import type { Collocate, Lens } from "./queries";
import { decimal } from "./words";

const few = 25;

const weights: Record<WordOrder, (word: Collocate) => number> = {
  a: ({ a }) => attracted(a),
  "near-a": ({ a }) => a.near,
  b: ({ b }) => attracted(b),
  "near-b": ({ b }) => b.near,
  contrast: ({ contrast }) => contrast.logLikelihood,
};

/** The log-likelihood of a word that is near more often than by chance; of others, less than any. */
function attracted({ near, expected, logLikelihood }: Collocate["a"]): number {
  return near > expected ? logLikelihood : -logLikelihood;
}

/** The words near the matches of each group, in the chosen order. */
export function Collocates({ address, lens }: { address: LensAddress; lens: Lens }) {
  const [all, setAll] = useState(false);
  const navigate = useNavigate();
  const both = compares(address);
  const order = both || address.order === "near-a" ? (address.order ?? wordOrders[0]) : wordOrders[0];
  const weight = weights[order];
  const sorted = lens.collocates.toSorted((one, other) => weight(other) - weight(one));
  const shown = all ? sorted : sorted.slice(0, few);
  return (
    <section aria-labelledby="lens-words">
      <div className="bar">
        <h2 id="lens-words" className="grow">
          Beside which words
        </h2>
        <label className="lens-check">
          <input
            type="checkbox"
            checked={address.words === "all"}
            onChange={(event) =>
              void navigate({
                to: "/lens",
                search: { ...address, words: event.target.checked ? "all" : undefined },
                resetScroll: false,
              })
            }
          />{" "}
          Function words and numbers too
        </label>
      </div>
      {sorted.length === 0 ? (
        <p className="muted">No word is near the matches more often than by chance.</p>
      ) : (
        <>
          <p id="lens-words-said" className="small muted">
            Words within {lens.window} of a match, twice at least: how often near, of how often in all. G² is
            how surprising that is; chance alone exceeds 10.8 once in 1,000 times.
          </p>
          <table className="lens-words" aria-labelledby="lens-words-said">
            <Head address={address} order={order} both={both} />
            <tbody>
              {shown.map((word) => (
                <tr key={word.word}>
                  <th scope="row">{word.word}</th>
                  <Near address={address} side="a" word={word} />
                  {both && <Near address={address} side="b" word={word} />}
                  {both && <Rather word={word} />}
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {sorted.length > few && (
        <button type="button" className="link small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? "Fewer" : `All ${count(sorted.length, "word")}`}
        </button>
      )}
    </section>
  );
}

function Head({ address, order, both }: { address: LensAddress; order: WordOrder; both: boolean }) {
  const sort = (to: WordOrder, text: string, spoken: string) => (
    <th scope="col" className="num" aria-sort={order === to ? "descending" : undefined}>
      <Link
        to="/lens"
        search={{ ...address, order: to === wordOrders[0] ? undefined : to }}
        resetScroll={false}
        aria-label={`Sort by ${spoken}`}
      >
        {text}
        <span aria-hidden="true">{order === to ? " ▾" : ""}</span>
      </Link>
    </th>
  );
  const group = (side: Side) => {
    const name = both ? `${side.toUpperCase()} ` : "";
    return (
      <>
        {sort(`near-${side}`, `${name}near`, `how often near in ${side.toUpperCase()}`)}
        {sort(side, `${name}G²`, `log-likelihood in ${side.toUpperCase()}`)}
      </>
    );
  };
  return (
    <thead>
      <tr>
        <th scope="col">Word</th>
        {group("a")}
        {both && group("b")}
        {both && sort("contrast", "A or B", "what tells A and B apart")}
      </tr>
    </thead>
  );
}

function Near({ address, side, word }: { address: LensAddress; side: Side; word: Collocate }) {
  const { near, total, logLikelihood, expected, logRatio } = word[side];
  if (near === 0) {
    return (
      <>
        <td className="num muted">
          0<span className="of">/{number(total)}</span>
        </td>
        <td className="num muted">–</td>
      </>
    );
  }
  const rare = near <= expected;
  return (
    <>
      <td className="num">
        <Link
          to="/search"
          search={searchNear(address, side, word.word)}
          aria-label={`${word.word}: ${count(near, "time")} near in ${side.toUpperCase()}, show them`}
        >
          {number(near)}
        </Link>
        <span className="of muted">/{number(total)}</span>
      </td>
      <td className={rare ? "num muted" : "num"} title={`log ratio ${decimal(logRatio)}`}>
        {rare ? "seldom" : decimal(logLikelihood)}
      </td>
    </>
  );
}

/** In which group the word is nearer to the term, where that is not likely to be chance. */
function Rather({ word: { contrast } }: { word: Collocate }) {
  const { logLikelihood, logRatio } = contrast;
  if (logLikelihood < 3.84) return <td className="num muted">alike</td>;
  return (
    <td className="num">
      rather {logRatio > 0 ? "A" : "B"} <span className="of muted">{decimal(logLikelihood)}</span>
    </td>
  );
}
