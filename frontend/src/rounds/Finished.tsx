import { useState } from "react";
import { asProblem } from "../api/client";
import { finish, type RoundDocument } from "./queries";

interface Props {
  round: string;
  document: RoundDocument;
  /** Told what came of it. */
  say: (text: string) => void;
}

/** The box to tick when one has coded a document; it shows at once what was meant, and goes back if that fails. */
export function Finished({ round, document, say }: Props) {
  const [meant, setMeant] = useState<boolean>();
  const is = document.coders.some((coder) => coder.own && coder.finished > 0);
  const turn = async (finished: boolean) => {
    setMeant(finished);
    try {
      await finish(round, document.id, finished);
      say(finished ? `${document.title} is finished` : `${document.title} is not finished`);
    } catch (error) {
      say(asProblem(error).message);
    }
    setMeant(undefined);
  };
  return (
    <label className="row">
      <input type="checkbox" checked={meant ?? is} onChange={(event) => void turn(event.target.checked)} />
      <span>
        Finished<span className="sr">: {document.title}</span>
      </span>
    </label>
  );
}
