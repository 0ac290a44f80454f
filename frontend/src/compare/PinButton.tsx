import { type Pin, togglePin, usePins } from "./tray";

interface Props {
  pin: Pin;
  /** Tells what became of it, for a live region. */
  say: (text: string) => void;
  className?: string;
}

/** Puts a provision into the tray of what is to be compared, or takes it out. */
export function PinButton({ pin, say, className = "link small" }: Props) {
  const pressed = usePins().some(
    ({ version, provision }) => version === pin.version && provision === pin.provision,
  );
  return (
    <button
      type="button"
      className={className}
      aria-label={`${pressed ? "Unpin" : "Pin to compare"}: ${pin.name}`}
      onClick={() => say(togglePin(pin))}
    >
      {pressed ? "Unpin" : "Pin to compare"}
    </button>
  );
}
