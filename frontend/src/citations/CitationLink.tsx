import { Link } from "@tanstack/react-router";
import { nameOf } from "../search/facts";
import type { Citation } from "./queries";

/** The place that a citation leads to, by its name and pinpoint; nothing if there is none. */
export function CitationLink({ citation }: { citation: Citation }) {
  const { document, provision, pinpoint, version } = citation;
  if (!document) return null;
  return (
    <Link
      to="/read/$document"
      params={{ document: document.id }}
      search={{ at: provision, version: document.languages.length > 1 ? version : undefined }}
    >
      {[nameOf(document), pinpoint].filter(Boolean).join(", ")}
    </Link>
  );
}
