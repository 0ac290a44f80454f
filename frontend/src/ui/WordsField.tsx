import { useEffect, useMemo, useRef, useState } from "react";
import { Offsets, type Span } from "../anchor/offsets";
import { Anchorage, type Target } from "../anchor/selectors";

interface Props {
  label: string;
  text: string;
  lang?: string;
  rows: number;
  /** What is selected at first, in code points of the text; its beginning without it. */
  near?: Span;
  /** Told the words, in code points of the text; they are never blank. */
  onChoose: (words: Target) => void;
}

/** A text of which words are selected, by mouse or with Shift and the arrows. */
export function WordsField({ label, text, lang, rows, near, onChoose }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const { offsets, anchorage } = useMemo(() => {
    const offsets = new Offsets(text);
    return { offsets, anchorage: new Anchorage(text, offsets) };
  }, [text]);
  const [fault, setFault] = useState("");
  useEffect(() => {
    // In a field that is read-only the arrows do not move: this one refuses what would change it.
    const refuse = (event: Event) => event.preventDefault();
    field.current?.addEventListener("beforeinput", refuse);
    return () => field.current?.removeEventListener("beforeinput", refuse);
  }, []);
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
    else onChoose(chosen);
  };
  return (
    <>
      <textarea
        ref={field}
        className="input"
        aria-label={label}
        aria-readonly
        inputMode="none"
        spellCheck={false}
        rows={rows}
        lang={lang}
        value={text}
        onChange={() => undefined}
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
    </>
  );
}
