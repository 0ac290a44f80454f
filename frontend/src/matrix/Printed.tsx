import { type Line, notCoded, ofWhole, said } from "./grid";
import type { Matrix } from "./queries";

/** The whole matrix as a table, for paper. */
export function Printed({ matrix, lines, unit }: { matrix: Matrix; lines: Line[]; unit: string }) {
  return (
    <table className="matrix-printed">
      <thead>
        <tr>
          <th scope="col">Agreement</th>
          {matrix.concepts.map((concept) => (
            <th key={concept.id} scope="col">
              <span>{concept.label}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) =>
          line.kind === "group" ? (
            <tr key={`group ${line.name}`}>
              <th scope="rowgroup" colSpan={matrix.concepts.length + 1}>
                {line.name}
              </th>
            </tr>
          ) : (
            <tr key={line.key}>
              <th scope="row">
                {line.row.year || ""} {line.row.shortTitle || line.row.title}
              </th>
              {matrix.concepts.map((concept, column) => {
                const cell = line.row.cells[column] ?? notCoded;
                return (
                  <td key={concept.id} title={said(cell, unit)}>
                    {cell === ofWhole ? "•" : cell === notCoded ? "" : cell}
                  </td>
                );
              })}
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}
