import { count, number } from "../ui/words";
import type { Result } from "./queries";

/** How much was found and how the query was understood; told to screen readers when it changes. */
export function Tally({ result, waiting }: { result: Result | undefined; waiting: boolean }) {
  return (
    <div className="tally">
      <p role="status">
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
      {result?.explanation && <p className="small muted">Looking for {result.explanation}.</p>}
    </div>
  );
}

function milliseconds(took: number): string {
  return took < 10 ? `${took.toFixed(1)} ms` : `${number(Math.round(took))} ms`;
}
