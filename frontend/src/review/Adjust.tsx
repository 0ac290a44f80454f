import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { Offsets } from "../anchor/offsets";
import { Anchorage } from "../anchor/selectors";
import { asProblem, type Schemas } from "../api/client";
import { versionQuery } from "../reader/data";
import { Dialog } from "../ui/Dialog";
import { ProblemNotice } from "../ui/ProblemNotice";
import type { Item } from "./data";

interface Props {
  item: Item;
  onClose: () => void;
  onPlace: (target: Schemas["Target"]) => void;
}

/** Where an annotation stands is selected in the text, by mouse or with Shift and the arrows. */
export function Adjust({ item, onClose, onPlace }: Props) {
  const { data: version, error } = useQuery(versionQuery(item.annotation.placement.version));
  return (
    <Dialog title="Select the words" wide onClose={onClose}>
      {error && <ProblemNotice problem={asProblem(error)} />}
      {!version && !error && (
        <p className="muted" role="status">
          Loading the text…
        </p>
      )}
      {version && <Field item={item} version={version} onPlace={onPlace} />}
    </Dialog>
  );
}

interface FieldProps {
  item: Item;
  version: Schemas["Version"];
  onPlace: (target: Schemas["Target"]) => void;
}

function Field({ item, version, onPlace }: FieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const { offsets, anchorage } = useMemo(() => {
    const offsets = new Offsets(version.text);
    return { offsets, anchorage: new Anchorage(version.text, offsets) };
  }, [version]);
  const [fault, setFault] = useState("");
  const { placement, target } = item.annotation;
  const near = placement.state === "lost" ? item.candidates[0]?.target : placement.target;
  useEffect(() => {
    // The dialog opens after this and takes the focus.
    const opened = requestAnimationFrame(() => {
      const area = field.current;
      if (!area) return;
      const start = offsets.units(near?.start ?? 0);
      // A field scrolls to where its selection ends when it gets the focus.
      area.blur();
      area.setSelectionRange(start, start);
      area.focus();
      area.setSelectionRange(start, offsets.units(near?.end ?? 0));
    });
    return () => cancelAnimationFrame(opened);
  }, [offsets, near]);
  const use = () => {
    const area = field.current;
    if (!area) return;
    const { selectionStart, selectionEnd } = area;
    const chosen = anchorage.select({
      start: offsets.points(selectionStart),
      end: offsets.points(selectionEnd),
    });
    if (typeof chosen === "string")
      setFault("Select the words first: with the mouse, or with Shift and the arrows.");
    else onPlace(chosen);
  };
  return (
    <div className="stack adjust">
      <p className="small">
        It was made on: <q>{target.exact}</q>
      </p>
      <textarea
        ref={field}
        className="input"
        aria-label="Text of the version"
        readOnly
        rows={14}
        lang={version.language}
        value={version.text}
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
      <p className="bar">
        <button type="button" className="btn pri" onClick={use}>
          Use the selection <kbd className="kbd">↵</kbd>
        </button>
      </p>
    </div>
  );
}
