import "./taken.css";

interface Props {
  chosen: { key: string; label: string }[];
  onLeaveOut: (key: string, label: string) => void;
}

/** What was chosen so far, each to be left out again. */
export function ChosenList({ chosen, onLeaveOut }: Props) {
  return (
    <ul className="taken">
      {chosen.map(({ key, label }) => (
        <li key={key}>
          <span>{label}</span>
          <button
            type="button"
            className="btn ghost"
            aria-label={`Leave out ${label}`}
            onClick={() => onLeaveOut(key, label)}
          >
            ✕
          </button>
        </li>
      ))}
    </ul>
  );
}
