import type { Concept } from "./queries";
import { rowsOf } from "./tree";

/** The whole codebook as it is printed: each concept with what it means, in the order of the tree. */
export function Printed({ concepts }: { concepts: Concept[] }) {
  return (
    <ol className="codebook-printed">
      {rowsOf(concepts, new Set()).map(({ concept, level }) => (
        <li key={concept.id} style={{ marginInlineStart: `${(level - 1) * 18}px` }}>
          <b>{concept.label}</b>
          {concept.status !== "accepted" && ` (${concept.status})`}
          {concept.definition && <p>{concept.definition}</p>}
          {concept.include && <p>Include: {concept.include}</p>}
          {concept.exclude && <p>Exclude: {concept.exclude}</p>}
          {concept.aliases.length > 0 && <p>Other names: {concept.aliases.join(", ")}</p>}
        </li>
      ))}
    </ol>
  );
}
