import { type KeyboardEvent, useId, useState } from "react";
import "./combobox.css";

export interface Option {
  key: string;
  label: string;
  /** A word on it. */
  detail?: string;
}

interface Props {
  label: string;
  /** What is typed, and what it offers. */
  text: string;
  onText: (text: string) => void;
  options: Option[];
  onTake: (option: Option) => void;
  /** Told how many there are, or that there are none. */
  said: string;
  describedBy?: string;
  placeholder?: string;
  /** Of a key that the list has no use for. */
  onKey?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** A field that offers what begins like what is typed (WAI-ARIA combobox with a listbox). */
export function Combobox({
  label,
  text,
  onText,
  options,
  onTake,
  said,
  describedBy,
  placeholder,
  onKey,
}: Props) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [pointed, setPointed] = useState(0);
  const shown = open && options.length > 0;
  const at = Math.min(pointed, options.length - 1);
  const take = (option: Option) => {
    setOpen(false);
    setPointed(0);
    onTake(option);
  };
  const keyed = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = options[at];
    if (step) {
      event.preventDefault();
      if (shown) setPointed((at + step + options.length) % options.length);
      setOpen(true);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (shown && option) take(option);
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
    } else onKey?.(event);
  };
  return (
    <div className="combobox">
      <label htmlFor={`${id}-field`}>{label}</label>
      <input
        id={`${id}-field`}
        className="input"
        role="combobox"
        autoComplete="off"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown ? `${id}-${at}` : undefined}
        aria-describedby={describedBy}
        placeholder={placeholder}
        value={text}
        onChange={(event) => {
          setOpen(true);
          setPointed(0);
          onText(event.target.value);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={keyed}
      />
      <p className="sr" role="status">
        {open ? said : ""}
      </p>
      <div id={`${id}-list`} role="listbox" aria-label={label} hidden={!shown}>
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
          <div
            key={option.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setPointed(index)}
            onClick={() => take(option)}
          >
            <span>{option.label}</span>
            {option.detail && <span className="tiny muted">{option.detail}</span>}
          </div>
        ))}
      </div>
    </div>
  );
}
