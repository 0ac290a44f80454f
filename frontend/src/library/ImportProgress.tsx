import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { count, number } from "../ui/words";
import { cancelImport, dismissImport, type Import, type Line } from "./importing";

const outcomes: Record<Line["outcome"], string> = {
  taken: "taken",
  version: "new version",
  metadata: "metadata changed",
  unchanged: "unchanged",
  refused: "refused",
  stopped: "stopped",
};

export function ImportProgress({ state }: { state: Import }) {
  const done = state.lines.length;
  return (
    <div className="card progress">
      <div className="row">
        <h3 className="grow">
          {state.running ? `Importing ${number(done)} of ${count(state.total, "file")}` : "Import finished"}
        </h3>
        {state.running ? (
          <button type="button" className="btn" onClick={cancelImport}>
            Stop
          </button>
        ) : (
          <button type="button" className="btn ghost" onClick={dismissImport}>
            Close report
          </button>
        )}
      </div>
      {state.running && (
        <>
          <progress max={state.total} value={done} aria-label="Files imported" />
          <p className="small muted now">{state.current.join(", ")}</p>
        </>
      )}
      <p className="sr" role="status">
        {state.running ? "" : `Import finished: ${summaryOf(state.lines)}`}
      </p>
      {done > 0 && <Report lines={state.lines} />}
    </div>
  );
}

function tally(lines: Line[]): [Line["outcome"], number][] {
  return (Object.keys(outcomes) as Line["outcome"][])
    .map((outcome): [Line["outcome"], number] => [
      outcome,
      lines.filter((line) => line.outcome === outcome).length,
    ])
    .filter(([, files]) => files > 0);
}

function summaryOf(lines: Line[]): string {
  return tally(lines)
    .map(([outcome, files]) => `${number(files)} ${outcomes[outcome]}`)
    .join(", ");
}

function Report({ lines }: { lines: Line[] }) {
  const [only, setOnly] = useState<Line["outcome"]>();
  const shown = lines.filter((line) => !only || line.outcome === only);
  return (
    <>
      <fieldset className="row outcomes">
        <legend className="sr">Show only files that were</legend>
        {tally(lines).map(([outcome, files]) => (
          <button
            key={outcome}
            type="button"
            className={`btn small ${outcome}`}
            aria-pressed={only === outcome}
            onClick={() => setOnly(only === outcome ? undefined : outcome)}
          >
            <b>{number(files)}</b> {outcomes[outcome]}
          </button>
        ))}
      </fieldset>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section className="report" tabIndex={0} aria-label="What became of each file">
        <table>
          <thead>
            <tr>
              <th scope="col">File</th>
              <th scope="col">Outcome</th>
              <th scope="col">Document or reason</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two files of different folders may share a name
              <tr key={i}>
                <td>{line.name}</td>
                <td className={line.outcome}>{outcomes[line.outcome]}</td>
                <td>
                  <Became line={line} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Became({ line }: { line: Line }) {
  if (!line.document) return line.reason ?? "";
  return (
    <>
      <Link to="/read/$document" params={{ document: line.document }}>
        {line.title ?? line.document}
      </Link>
      {line.passages !== undefined && <span className="muted"> · {count(line.passages, "passage")}</span>}
      {line.reason && <span className="muted"> · {line.reason}</span>}
      {line.remarks?.map((remark) => (
        <div key={remark} className="small muted">
          {remark}
        </div>
      ))}
    </>
  );
}
