import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { Dialog } from "../ui/Dialog";
import { keysAreOn, turnKeys } from "../ui/keys";
import { Manual } from "./Manual";
import "./help.css";

const keys: { where: string; keys: [string, string][] }[] = [
  {
    where: "Everywhere",
    keys: [
      ["/", "Go to the query"],
      ["g s", "Search"],
      ["g l", "Library"],
      ["g m", "Matrix"],
      ["g c", "Compare what is pinned"],
      ["g v", "Saved searches"],
      ["?", "This help"],
    ],
  },
  {
    where: "Results",
    keys: [
      ["j", "Next hit"],
      ["k", "Hit before"],
      ["↵", "Open in the reader"],
      ["Space", "Show or hide the preview"],
      ["w", "Why this result?"],
      ["s", "Save the search"],
      ["t", "Tag all hits"],
      ["u", "Undo the tags just made"],
      ["p", "Pin the passage to compare it"],
      ["e", "Export"],
    ],
  },
  {
    where: "Reader",
    keys: [
      ["j k", "Next paragraph, paragraph before"],
      ["[ ]", "Article before, next article"],
      ["f", "Find in this text"],
      ["n N", "Next hit, hit before"],
      [". ,", "Next annotation, annotation before"],
      ["v", "Select by keyboard"],
      ["V A", "Select the paragraph, the article"],
      ["t", "Tag the selection"],
      ["m", "Write a note"],
      ["1 … 9", "Tag with a concept last used"],
      ["c y C", "Copy the citation, the link, both"],
      ["p", "Pin to compare"],
      ["r a", "Reply to the annotation, adjust where it stands"],
      ["h", "History of the annotation"],
      ["d", "Note on the whole document"],
      ["z", "Nothing but the text"],
      ["u U", "Undo, redo"],
    ],
  },
  {
    where: "Matrix",
    keys: [
      ["← ↑ → ↓", "Cell beside"],
      ["↵", "Passages of the cell"],
      ["x", "Mark as read, absent, or take that back"],
      ["s", "Sort by the concept"],
      ["o", "Open the agreement in the reader"],
      ["u", "Undo"],
    ],
  },
  {
    where: "Compare",
    keys: [
      ["n N", "Next difference, difference before"],
      ["1 … 6", "Compare with that one"],
      ["a", "Add: find the counterpart in another document"],
    ],
  },
  {
    where: "Differences",
    keys: [["n N", "Next change, change before"]],
  },
  {
    where: "Suggestions",
    keys: [
      ["j k", "Next passage, passage before"],
      ["a x", "Accept, reject"],
      ["n", "Learn, and show the next ones"],
      ["u", "Undo"],
    ],
  },
  {
    where: "Review",
    keys: [
      ["j k", "Next annotation, annotation before"],
      ["c", "Confirm where it stands"],
      ["a", "Select its words in the text"],
      ["1 … 5", "Place it at a candidate"],
      ["x", "Keep it as lost"],
      ["u", "Undo"],
    ],
  },
];

/** The keys and the manual of the query language. */
export default function HelpDialog({ onClose }: { onClose: () => void }) {
  const [on, setOn] = useState(keysAreOn);
  const turn = (next: boolean) => {
    turnKeys(next);
    setOn(next);
  };
  return (
    <Dialog title="Help" wide onClose={onClose}>
      <h3>Keys</h3>
      <label className="row small">
        <input type="checkbox" checked={on} onChange={(event) => turn(event.target.checked)} />
        Single letters act as keys while the focus is in no field
      </label>
      <div className="keys">
        {keys.map((part) => (
          <section key={part.where} aria-label={part.where}>
            <h4>{part.where}</h4>
            <dl>
              {part.keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    {key.split(" ").map((one) => (
                      <kbd key={one} className="kbd">
                        {one}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Manual onTry={onClose} />
      <p>
        <Link to="/synonyms" onClick={onClose}>
          All synonyms
        </Link>
      </p>
    </Dialog>
  );
}
