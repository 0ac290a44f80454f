import { Link } from "@tanstack/react-router";
import { useStatus } from "../reader/status";
import { useRound } from "./coding";
import { Finished } from "./Finished";
import "./coding.css";

/** Said above the text while one codes it in a round; with the box to tick when one has finished. */
export default function Coding({ document }: { document: string }) {
  const { id, round } = useRound();
  const { say, status } = useStatus();
  if (!id || !round) return null;
  const coded = round.documents.find((one) => one.id === document && one.coders.some((coder) => coder.own));
  return (
    <section className="notice coding noprint" aria-label="Coding round">
      <p>
        Round:{" "}
        <Link to="/rounds/$round" params={{ round: id }}>
          {round.name}
        </Link>
        .{" "}
        {round.closed > 0
          ? "It is closed: nothing can be tagged in it any more."
          : coded
            ? "You see your own tags of the round alone, and until it closes nobody else sees them."
            : "This text is not yours to code."}
      </p>
      {coded && round.closed === 0 && <Finished round={id} document={coded} say={say} />}
      {status}
    </section>
  );
}
