import { count, number } from "../ui/words";
import { AlsoSearched } from "./AlsoSearched";
import type { SearchAddress } from "./address";
import { DidYouMean } from "./DidYouMean";
import type { Result } from "./queries";

interface Props {
  address: SearchAddress;
  result: Result | undefined;
  waiting: boolean;
}

/** How much was found and how the query was understood; told to screen readers when it changes. */
export function Tally({ address, result, waiting }: Props) {
  return (
    <div className="tally">
      <div role="status">
        <p>
          {result ? (
            <>
              {result.passages === 0 ? (
                <b>No passages</b>
              ) : (
                <>
                  <b>{count(result.passages, "passage")}</b> in <b>{count(result.documents, "document")}</b>
                </>
              )}{" "}
              <span className="muted">· {milliseconds(result.took)}</span>
            </>
          ) : (
            waiting && <span className="muted">Searching…</span>
          )}
        </p>
        {result && !waiting && <DidYouMean address={address} suggestions={result.suggestions} />}
      </div>
      {result?.explanation && <p className="small muted">Looking for {result.explanation}.</p>}
      {result && <AlsoSearched address={address} synonyms={result.synonyms} />}
    </div>
  );
}

function milliseconds(took: number): string {
  return took < 10 ? `${took.toFixed(1)} ms` : `${number(Math.round(took))} ms`;
}
