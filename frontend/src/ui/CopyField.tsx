import { useId, useState } from "react";

/** A text to take along: shown whole, with a button that puts it on the clipboard. */
export function CopyField({ label, text }: { label: string; text: string }) {
  const [told, setTold] = useState("");
  const id = useId();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setTold("Copied");
    } catch {
      document.querySelector<HTMLInputElement>(`#${CSS.escape(id)}`)?.select();
      setTold("Press Ctrl+C or ⌘C to copy");
    }
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="row">
        <input
          id={id}
          className="input grow mono"
          readOnly
          value={text}
          onFocus={(event) => event.target.select()}
        />
        <button type="button" className="btn" onClick={() => void copy()}>
          Copy
        </button>
      </span>
      <span className="tiny muted" role="status">
        {told}
      </span>
    </div>
  );
}
