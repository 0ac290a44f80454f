import { useId } from "react";
import { nameOf } from "../search/facts";
import { Candidates } from "./Candidates";
import { CitationLink } from "./CitationLink";
import type { Citation } from "./queries";

const headings = {
  ambiguous: "Citation: several documents may be meant",
  unknown: "Citation: not found here",
};

/** Where one citation leads to, or why it does not. */
export function CitationCard({ citation }: { citation: Citation }) {
  const { document, status, heading, opening, language, reason } = citation;
  const id = useId();
  return (
    <section className="citation card" aria-labelledby={id}>
      <h2 id={id}>
        {document ? (
          <>
            Citation: <CitationLink citation={citation} />
          </>
        ) : (
          headings[status === "ambiguous" ? status : "unknown"]
        )}
      </h2>
      {document && (
        <p className="small muted">
          {[heading, nameOf(document) !== document.title && document.title].filter(Boolean).join(" · ")}
          {document.digest && (
            <>
              {" "}
              <span className="digest">Digest – our summary, not the official text</span>
            </>
          )}
        </p>
      )}
      {opening && (
        <p className="opening" lang={language}>
          {opening}
        </p>
      )}
      {reason && <p className={status === "resolved" ? "small muted" : "small wrong"}>{reason}</p>}
      <Candidates citation={citation} />
    </section>
  );
}
