import { day } from "../ui/words";
import type { Round } from "./queries";

/** Whether a round is open, or since when it is closed. */
export function Standing({ round }: { round: Round }) {
  return round.closed === 0 ? (
    <span className="standing" data-status="in force">
      open
    </span>
  ) : (
    <span className="standing">closed {day(round.closed)}</span>
  );
}
