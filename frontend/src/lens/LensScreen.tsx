import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { asProblem } from "../api/client";
import { isQueryFault } from "../search/isQueryFault";
import QueryFault from "../search/QueryFault";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { compares, exportAddress, type LensAddress, scope } from "./address";
import { Breakdowns } from "./Breakdowns";
import { Collocates } from "./Collocates";
import { Figures } from "./Figures";
import { Groups } from "./Groups";
import { type Lens, lensQuery } from "./queries";
import { Sides } from "./Sides";
import "./lens.css";

/** How a term is used in two groups of documents: how often, beside which words, in which lines. */
export default function LensScreen() {
  const address = useSearch({ from: "/lens" });
  useTitle(address.q ? `Term lens: ${address.q}` : "Term lens");
  const { data: lens, error, isPending, isPlaceholderData, refetch } = useQuery(lensQuery(address));
  const navigate = useNavigate();
  const problem = error && address.q ? asProblem(error) : undefined;
  const waiting = Boolean(address.q) && (isPending || isPlaceholderData);
  return (
    <main id="main" className="lens" tabIndex={-1} aria-busy={waiting}>
      <div className="bar">
        <h1>Term lens</h1>
        <span className="grow" />
        {address.q && (
          <>
            <Link className="btn" to="/search" search={scope(address)}>
              Passages
            </Link>
            <a className="btn" href={exportAddress(address, "csv")} download>
              Export CSV
            </a>
            <a className="btn" href={exportAddress(address, "json")} download>
              Export JSON
            </a>
          </>
        )}
      </div>
      <TermForm address={address} />
      <Groups address={address} />
      <p className="sr" role="status">
        {waiting ? "Counting…" : lens && address.q && !problem ? "The figures are up to date." : ""}
      </p>
      {!address.q && <NoTerm />}
      {problem &&
        (isQueryFault(problem) ? (
          <section className="notice err" aria-label="The query cannot be read">
            <h2>A query cannot be read</h2>
            <QueryFault
              problem={problem}
              query={address.q ?? ""}
              onRepair={(q) => void navigate({ to: "/lens", search: { ...address, q } })}
            />
          </section>
        ) : (
          <ProblemNotice problem={problem} again={() => void refetch()} />
        ))}
      {address.q && !problem && !lens && <Bones />}
      {address.q && !problem && lens && (
        <div className={isPlaceholderData ? "stale" : undefined}>
          <Looked address={address} lens={lens} />
        </div>
      )}
    </main>
  );
}

function Looked({ address, lens }: { address: LensAddress; lens: Lens }) {
  const matches = lens.a.matches + lens.b.matches;
  if (matches === 0) return <NoMatches address={address} lens={lens} />;
  return (
    <>
      <Figures address={address} lens={lens} />
      <Breakdowns address={address} lens={lens} />
      <Collocates address={address} lens={lens} />
      <Sides address={address} both={compares(address)} />
      <Method lens={lens} />
    </>
  );
}

function TermForm({ address }: { address: LensAddress }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState(address.q ?? "");
  useEffect(() => setTyped(address.q ?? ""), [address.q]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void navigate({ to: "/lens", search: { ...address, q: typed.trim() || undefined } });
  };
  return (
    <form className="lens-term" onSubmit={submit}>
      <label className="grow">
        <span className="small muted">Term: a word, a “phrase” or any query</span>
        <input
          className="input"
          type="text"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder="&quot;information security&quot;"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <button type="submit" className="btn pri">
        Look
      </button>
    </form>
  );
}

function NoTerm() {
  return (
    <section className="empty" aria-labelledby="noterm">
      <h2 id="noterm">Which term?</h2>
      <p>
        Type a word or a phrase, then choose two groups of documents: how often each uses it, beside which
        words, and in which sentences stand side by side. For example{" "}
        <Link to="/lens" search={{ q: '"information security"' }}>
          “information security”
        </Link>
        .
      </p>
    </section>
  );
}

function NoMatches({ address, lens }: { address: LensAddress; lens: Lens }) {
  const found = lens.a.passages + lens.b.passages > 0;
  return (
    <section className="empty" aria-labelledby="nomatches">
      <h2 id="nomatches">{found ? "There are no words to look at" : "Neither group has this term"}</h2>
      <p>
        {found
          ? "The query asks only for what is known of documents, not for words of the text. Add a word or a “phrase”."
          : "A phrase in quotation marks is exactly these words; without the marks, any of their forms. "}
        {!found && (
          <Link to="/search" search={{ q: address.q }}>
            Search all documents for it
          </Link>
        )}
      </p>
    </section>
  );
}

function Method({ lens }: { lens: Lens }) {
  return (
    <details className="lens-method small">
      <summary>How this is counted</summary>
      <ul>
        <li>
          A match is a marked stretch of text: a phrase counts once where it stands, several words once each.
          Looked at: {lens.explanation}.
        </li>
        <li>
          Frequencies are matches among a million words of all passages of a group, whether they match or not.
          The 95 % interval is that of a Poisson count (Byar’s approximation); it takes matches to be
          independent, and those of one text seldom are.
        </li>
        <li>
          A collocate is a word within {lens.window} words of a match, in the same passage, that is near more
          often than it would be if words were spread at random. G² is Dunning’s log-likelihood (1993), the
          log ratio the binary logarithm of how many times more frequent it is near than elsewhere: 1 is
          twice, 2 four times.
        </li>
        <li>
          Many words are tested at once, so some pass any threshold by chance; small groups are easily moved
          by one text. Read the lines.
        </li>
        <li>A document with several parties counts for each of them.</li>
      </ul>
    </details>
  );
}

function Bones() {
  return (
    <div className="stack" aria-hidden="true">
      <div className="bone lens-bone tall" />
      <div className="bone lens-bone" />
      <div className="bone lens-bone" />
    </div>
  );
}
