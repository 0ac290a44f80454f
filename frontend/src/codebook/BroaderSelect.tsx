import type { Concept } from "./queries";
import { rowsOf, withBelow } from "./tree";

interface Props {
  label: string;
  concepts: Concept[];
  /** A concept that cannot be chosen, with all below it. */
  not?: string;
  value: string;
  onChange: (id: string) => void;
  /** What stands for none of them. */
  none?: string;
}

/** Chooses one concept of a codebook, in the order of the tree. */
export function BroaderSelect({
  label,
  concepts,
  not,
  value,
  onChange,
  none = "Nothing: at the top",
}: Props) {
  const without = not ? withBelow(concepts, not) : new Set<string>();
  const rows = rowsOf(concepts, new Set()).filter((row) => !without.has(row.concept.id));
  return (
    <label className="field">
      {label}
      <select className="select" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {rows.map(({ concept, level }) => (
          <option key={concept.id} value={concept.id}>
            {"\u2003".repeat(level - 1) + concept.label}
          </option>
        ))}
      </select>
    </label>
  );
}
