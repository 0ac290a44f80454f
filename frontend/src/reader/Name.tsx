import { useMemo } from "react";
import type { Schemas } from "../api/client";
import { count } from "../ui/words";
import type { Edition } from "./edition";
import { facts } from "./Head";
import { codedShare, type Mark } from "./outline";

interface Props {
  document: Schemas["DocumentDetail"];
  edition: Edition;
  marks: Mark[];
}

/** What stands above the contents: the document and what has been annotated of it. */
export function Name({ document, edition, marks }: Props) {
  const coded = useMemo(() => Math.round(codedShare(edition, marks) * 100), [edition, marks]);
  return (
    <div className="name">
      <h2>{document.shortTitle || document.title}</h2>
      <p className="tiny muted">{facts(document).slice(1).join(" · ")}</p>
      {marks.length > 0 && (
        <p className="tiny muted">
          {count(new Set(marks.map((mark) => mark.annotation.id)).size, "annotated place")} ·{" "}
          <span title="Passages with a concept">coded {coded} %</span>
        </p>
      )}
    </div>
  );
}
