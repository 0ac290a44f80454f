import { Link } from "@tanstack/react-router";
import { nameOf } from "../search/facts";
import type { Citation } from "./queries";

/** The documents that a citation may mean, or those with a similar name. */
export function Candidates({ citation: { status, candidates } }: { citation: Citation }) {
  if (candidates.length === 0) return null;
  return (
    <div className="candidates small">
      <p className="muted">{status === "ambiguous" ? "Which one?" : "Similar names:"}</p>
      <ul>
        {candidates.map((document) => (
          <li key={document.id}>
            <Link to="/read/$document" params={{ document: document.id }} title={document.title}>
              {nameOf(document)}
            </Link>
            {document.year > 0 && <span className="muted"> ({document.year})</span>}
            {document.digest && " "}
            {document.digest && <span className="digest">Digest</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
