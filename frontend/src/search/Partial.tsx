import { Blame, Clauses } from "./Clauses";
import type { Result } from "./queries";

/** What was found has some of the words only: it is said, with what each clause finds alone. */
export function Partial({ result }: { result: Result }) {
  return (
    <section className="notice partial" aria-label="Partial matches">
      <p role="status">
        <b>No passage has all of these words.</b> These have some of them.
      </p>
      <Blame clauses={result.clauses} />
      <Clauses clauses={result.clauses} />
    </section>
  );
}
