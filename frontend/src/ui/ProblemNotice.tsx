import type { Problem } from "../api/problem";

interface Props {
  problem: Problem;
  /** Tries again; without it no button is shown. */
  again?: () => void;
}

/** Says what went wrong and, for the log, the id of the request. */
export function ProblemNotice({ problem, again }: Props) {
  return (
    <div className="notice err" role="alert">
      <p>
        <b>{problem.title}.</b> {problem.message !== problem.title && problem.message}
      </p>
      {problem.request && (
        <p className="tiny muted">
          Request <code>{problem.request}</code>
        </p>
      )}
      {again && (
        <button type="button" className="link" onClick={again}>
          Try again
        </button>
      )}
    </div>
  );
}
