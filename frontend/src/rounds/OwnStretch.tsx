import { Dialog } from "../ui/Dialog";
import type { Span } from "../ui/pieces";
import { WordsField } from "../ui/WordsField";
import type { Disagreed } from "./queries";

interface Props {
  item: Disagreed;
  onClose: () => void;
  /** A stretch in code points of the version's text. */
  onChoose: (stretch: Span) => void;
}

/** Other words of the passage than any coder has tagged. */
export function OwnStretch({ item, onClose, onChoose }: Props) {
  return (
    <Dialog title="Select the words" wide onClose={onClose}>
      <div className="stack">
        <WordsField
          label="Text of the passage"
          text={item.text}
          rows={8}
          onChoose={({ start, end }) => onChoose({ start: item.start + start, end: item.start + end })}
        />
      </div>
    </Dialog>
  );
}
