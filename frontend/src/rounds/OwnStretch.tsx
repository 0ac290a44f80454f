import { useEffect, useRef, useState } from "react";
import { Offsets } from "../anchor/offsets";
import { Dialog } from "../ui/Dialog";
import type { Span } from "../ui/pieces";
import type { Disagreed } from "./queries";

interface Props {
  item: Disagreed;
  onClose: () => void;
  /** A stretch in code points of the version's text. */
  onChoose: (stretch: Span) => void;
}

/** Other words of the passage than any coder has tagged, selected by mouse or with Shift and the arrows. */
export function OwnStretch({ item, onClose, onChoose }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [fault, setFault] = useState("");
  useEffect(() => {
    const opened = requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(0, 0);
    });
    return () => cancelAnimationFrame(opened);
  }, []);
  const use = () => {
    const area = field.current;
    if (!area) return;
    const offsets = new Offsets(item.text);
    const start = item.start + offsets.points(area.selectionStart);
    const end = item.start + offsets.points(area.selectionEnd);
    if (start === end) setFault("Select the words first: with the mouse, or with Shift and the arrows.");
    else onChoose({ start, end });
  };
  return (
    <Dialog title="Select the words" wide onClose={onClose}>
      <div className="stack">
        <textarea
          ref={field}
          className="input"
          aria-label="Text of the passage"
          readOnly
          rows={8}
          value={item.text}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            use();
          }}
        />
        {fault && (
          <p className="notice err" role="alert">
            {fault}
          </p>
        )}
        <p className="row">
          <button type="button" className="btn pri" onClick={use}>
            Use the selection <kbd className="kbd">↵</kbd>
          </button>
        </p>
      </div>
    </Dialog>
  );
}
