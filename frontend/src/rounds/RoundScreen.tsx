import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { answer, client } from "../api/client";
import { Note } from "../reader/note";
import { useStatus } from "../reader/status";
import { Chip } from "../ui/Chip";
import { DeedDialog } from "../ui/DeedDialog";
import { day } from "../ui/words";
import { Assign } from "./Assign";
import { progress } from "./figures";
import { Mine } from "./Mine";
import { Progress } from "./Progress";
import { changeRound, outdated, type Round } from "./queries";
import { routes, Screen } from "./Screen";

/** A round: what is to code, how far it has come, and closing it. */
export default function RoundScreen() {
  const { round } = routes.round.useParams();
  return (
    <Screen round={round} title="Coding round">
      {(found) => <Found round={found} />}
    </Screen>
  );
}

function Found({ round }: { round: Round }) {
  const { say, status } = useStatus();
  return (
    <div className="stack">
      <p className="small muted">
        Led by {round.leader.name}. {round.adjudicator.name} decides where coders disagree. Opened{" "}
        {day(round.opened)}.
        {round.reopened > 0 &&
          ` Opened again ${day(round.reopened)}, after coders could see each other's tags.`}
      </p>
      {round.instructions !== "" && (
        <section className="notice" aria-label="Instructions">
          <Note text={round.instructions} />
        </section>
      )}
      <p className="row">
        {round.concepts.map((concept) => (
          <Chip key={concept.id} family={concept.family}>
            {concept.label}
          </Chip>
        ))}
      </p>
      <Mine round={round} say={say} />
      {(round.mayAdjudicate || round.closed > 0) && <Progress round={round} />}
      {round.mayLead && <Lead round={round} say={say} />}
      {round.closed > 0 && (
        <p>
          <a className="btn" href={`/api/rounds/${round.id}/result`} download>
            Result (CSV)
          </a>
        </p>
      )}
      {status}
    </div>
  );
}

/** What whoever leads the round may do with it. */
function Lead({ round, say }: { round: Round; say: (text: string) => void }) {
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<"close" | "open" | "delete" | "assign">();
  const { assigned, finished } = progress(round);
  const waiting = assigned - finished;
  const close = () => setDialog(undefined);
  const told = async (deed: Promise<unknown>, words: string) => {
    await deed;
    say(words);
  };
  const remove = async () => {
    await answer(client.DELETE("/api/rounds/{round}", { params: { path: { round: round.id } } }));
    await navigate({ to: "/rounds" });
    await outdated();
  };
  return (
    <section className="noprint" aria-label="Leading the round">
      <p className="row">
        {round.closed === 0 ? (
          <>
            <button type="button" className="btn pri" onClick={() => setDialog("close")}>
              Close the round
            </button>
            <button type="button" className="btn" onClick={() => setDialog("assign")}>
              Who codes what
            </button>
            <button type="button" className="btn ghost danger" onClick={() => setDialog("delete")}>
              Delete
            </button>
          </>
        ) : (
          <button type="button" className="btn" onClick={() => setDialog("open")}>
            Open it again
          </button>
        )}
      </p>
      {dialog === "close" && (
        <DeedDialog
          title="Close the round?"
          button="Close it"
          otherwise="Not yet"
          act={() => told(changeRound(round.id, { closed: true }), "The round is closed")}
          onClose={close}
        >
          <p>
            What was tagged stays as it is, and{" "}
            {round.visibility === "private"
              ? "those who take part see it on the pages of the round."
              : "is seen by everyone it is for."}
          </p>
          {waiting > 0 && (
            <p className="notice err">
              {waiting} of {assigned} codings are not finished. They will not count.
            </p>
          )}
        </DeedDialog>
      )}
      {dialog === "open" && (
        <DeedDialog
          title="Open the round again?"
          button="Open it again"
          otherwise="Leave it closed"
          act={() => told(changeRound(round.id, { closed: false }), "The round is open again")}
          onClose={close}
        >
          <p>
            The tags are their coders' alone again. But these may have seen each other's by now: the round
            will say so, and their agreement tells less.
          </p>
        </DeedDialog>
      )}
      {dialog === "delete" && (
        <DeedDialog
          title="Delete the round?"
          button="Delete it"
          otherwise="Keep it"
          danger
          act={remove}
          onClose={close}
        >
          <p>A round in which somebody has tagged something cannot be deleted; it can be closed.</p>
        </DeedDialog>
      )}
      {dialog === "assign" && (
        <Assign
          round={round}
          onClose={close}
          onSave={(assignments) =>
            told(changeRound(round.id, { assignments }), "The documents are given to these people")
          }
        />
      )}
    </section>
  );
}
