import { useState } from "react";
import { useSession } from "../account/session";
import { answer, client } from "../api/client";
import { DeedDialog } from "../ui/DeedDialog";
import { count } from "../ui/words";
import { AudienceSelect } from "./AudienceSelect";
import { type Audience, whereTo } from "./audience";
import { atLeast, type GroupDetail } from "./queries";

interface Props {
  group: GroupDetail;
  onClose: () => void;
  /** Told what was done, and the operation that undoes it: "" if nothing was. */
  onDone: (text: string, operation: string) => void;
}

/** Moves annotations of a group to other readers, or copies them there. */
export function MoveDialog({ group, onClose, onDone }: Props) {
  const session = useSession();
  const [way, setWay] = useState<"move" | "copy">("move");
  const [mine, setMine] = useState(true);
  const [to, setTo] = useState<Audience>({ visibility: "private" });
  const act = async () => {
    const request = { body: { from: group.id, mine, ...to } };
    const { operation, annotations, kept } = await answer(
      way === "move" ? client.POST("/api/moves", request) : client.POST("/api/copies", request),
    );
    const moved = annotations.length;
    const what = way === "move" ? count(moved, "annotation") : count(moved, "copy", "copies");
    const done =
      moved > 0
        ? `${what} ${moved === 1 ? "is" : "are"} ${whereTo(to, session)} now.`
        : "Nothing was changed.";
    const left = kept.length > 0 ? ` ${count(kept.length, "annotation")} stayed.` : "";
    onDone(done + left, operation);
  };
  return (
    <DeedDialog
      title={`Move or copy what is in ${group.name}`}
      button={way === "move" ? "Move" : "Copy"}
      {...{ act, onClose }}
    >
      <fieldset className="part">
        <legend>Which</legend>
        <label>
          <input type="radio" name="which" checked={mine} onChange={() => setMine(true)} /> My annotations
        </label>
        <label>
          <input type="radio" name="which" checked={!mine} onChange={() => setMine(false)} /> All in the group
        </label>
      </fieldset>
      <fieldset className="part">
        <legend>How</legend>
        <label>
          <input type="radio" name="way" checked={way === "move"} onChange={() => setWay("move")} /> Move:
          they leave {group.name}, with the replies to them
        </label>
        <label>
          <input type="radio" name="way" checked={way === "copy"} onChange={() => setWay("copy")} /> Copy: the
          copies are mine, and say the same in the same places
        </label>
      </fieldset>
      <fieldset className="part">
        <legend>Who can see them then</legend>
        <AudienceSelect label="Who can see them then" value={to} onChange={setTo} without={group.id} />
      </fieldset>
      {way === "move" && !mine && (
        <p className="small muted">
          {atLeast(group.role, "editor")
            ? "What others made can be moved to groups that you edit, and nowhere else: the rest stays."
            : "What others made stays: only whoever made an annotation, and editors, may move it."}
        </p>
      )}
    </DeedDialog>
  );
}
