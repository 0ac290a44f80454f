interface Props {
  words: string;
  onSave: () => void;
  onCancel: () => void;
}

/** Stands in the place of a card while one of the stretches of its annotation is placed anew. */
export function Adjusting({ words, onSave, onCancel }: Props) {
  return (
    <section className="composer adjusting" aria-label="Adjust the annotation">
      <p className="quote" title={words}>
        <q>{words}</q>
      </p>
      <p className="small">
        Drag the ends or select the words anew
        <span className="bykey">
          , or use the keys of a selection: <kbd className="kbd">w</kbd> <kbd className="kbd">b</kbd>{" "}
          <kbd className="kbd">o</kbd> other end
        </span>
        .
      </p>
      <div className="foot">
        <span className="grow" />
        <button type="button" className="btn ghost" onClick={onCancel}>
          Cancel <kbd className="kbd bykey">esc</kbd>
        </button>
        <button type="button" className="btn pri" onClick={onSave}>
          Save <kbd className="kbd bykey">↵</kbd>
        </button>
      </div>
    </section>
  );
}
