import { useQuery } from "@tanstack/react-query";
import { asProblem, type Schemas } from "../api/client";
import { versionQuery } from "../reader/data";
import { Dialog } from "../ui/Dialog";
import { ProblemNotice } from "../ui/ProblemNotice";
import { WordsField } from "../ui/WordsField";
import type { Item } from "./data";

interface Props {
  item: Item;
  onClose: () => void;
  onPlace: (target: Schemas["Target"]) => void;
}

/** Where an annotation stands is selected in the text. */
export function Adjust({ item, onClose, onPlace }: Props) {
  const { data: version, error } = useQuery(versionQuery(item.annotation.placement.version));
  const { placement, target } = item.annotation;
  const near = placement.state === "lost" ? item.candidates[0]?.target : placement.target;
  return (
    <Dialog title="Select the words" wide onClose={onClose}>
      {error && <ProblemNotice problem={asProblem(error)} />}
      {!version && !error && (
        <p className="muted" role="status">
          Loading the text…
        </p>
      )}
      {version && (
        <div className="stack adjust">
          <p className="small">
            It was made on: <q>{target.exact}</q>
          </p>
          <WordsField
            label="Text of the version"
            text={version.text}
            lang={version.language}
            rows={14}
            near={near}
            onChoose={onPlace}
          />
        </div>
      )}
    </Dialog>
  );
}
