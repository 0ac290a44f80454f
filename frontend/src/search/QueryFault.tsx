import type { Problem } from "../api/problem";
import { pieces } from "../ui/pieces";

interface Props {
  problem: Problem;
  query: string;
  onRepair: (query: string) => void;
}

/** How much of a long query is shown on either side of where the fault begins, in code points. */
const around = 200;

/** A query that cannot be read: why, where, and a repair to take with one click. */
export default function QueryFault({ problem, query, onRepair }: Props) {
  const { position = 0, length = 0, repair } = problem;
  const place = { start: position, end: position + Math.max(length, 1) };
  const points = [...query];
  const atEnd = position >= points.length;
  const from = Math.max(0, position - around);
  const to = Math.min(points.length, position + around);
  return (
    <div className="fault">
      <p>{problem.message}</p>
      <p className="fault-query">
        {from > 0 && "… "}
        {pieces(points.slice(from, to).join(""), from, [place]).map((piece) =>
          piece.marked ? (
            <mark key={piece.start} className="wrong">
              {piece.text}
            </mark>
          ) : (
            piece.text
          ),
        )}
        {atEnd && <mark className="wrong">&nbsp;</mark>}
        {to < points.length && " …"}
      </p>
      {repair !== undefined && (
        <p className="row">
          <span>Did you mean</span>
          {/* The mouse button going down must not take the focus from the query box, which would close the panel. */}
          <button
            type="button"
            className="btn"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onRepair(repair)}
          >
            <code>{repair}</code>
          </button>
        </p>
      )}
    </div>
  );
}
