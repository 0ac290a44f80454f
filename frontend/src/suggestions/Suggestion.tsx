import { Link } from "@tanstack/react-router";
import { Marked } from "../ui/Marked";
import { sentence } from "../ui/words";
import type { Suggestion } from "./data";

interface Props {
  suggestion: Suggestion;
  /** Whether it can be decided here: not by strangers. */
  open: boolean;
  /** What was decided, in words; undefined while it is open. */
  decided: string | undefined;
  onAccept: () => void;
  onReject: () => void;
  onUndo: () => void;
}

/** One passage that may belong to the concept, the words that speak for it marked. */
export function SuggestionItem({ suggestion, open, decided, onAccept, onReject, onUndo }: Props) {
  const { document, hit, reasons } = suggestion;
  const title = `suggested-${hit.version}-${hit.provision}`;
  const cut = { before: hit.snippet.start > hit.start, after: hit.snippet.end < hit.end };
  return (
    <li className={decided ? "suggestion decided" : "suggestion"} tabIndex={-1} aria-labelledby={title}>
      <h2 id={title}>
        <Link
          to="/read/$document"
          params={{ document: document.id }}
          search={{ version: hit.version, at: hit.provision }}
        >
          {document.shortTitle || document.title}, {sentence(hit.pinpoint)}
        </Link>
      </h2>
      <p className="passage" lang={hit.language}>
        {cut.before && "… "}
        <Marked text={hit.snippet.text} start={hit.snippet.start} spans={hit.spans} />
        {cut.after && " …"}
      </p>
      <p className="small muted reasons">
        Speaks for it:{" "}
        {reasons.map((word, index) => (
          <span key={word}>
            {index > 0 && ", "}
            <b lang={hit.language}>{word}</b>
          </span>
        ))}
      </p>
      {decided ? (
        <p className="bar">
          <b>{decided}.</b>
          <button type="button" className="btn" onClick={onUndo}>
            Undo <kbd className="kbd">u</kbd>
          </button>
        </p>
      ) : (
        open && (
          <p className="bar">
            <button type="button" className="btn pri" onClick={onAccept}>
              Accept <kbd className="kbd">a</kbd>
            </button>
            <button type="button" className="btn" onClick={onReject}>
              Reject <kbd className="kbd">x</kbd>
            </button>
          </p>
        )
      )}
    </li>
  );
}
