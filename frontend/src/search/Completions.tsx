import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type Ref, useEffect, useId, useImperativeHandle, useState } from "react";
import { answer, client, type Schemas } from "../api/client";
import { Chip } from "../ui/Chip";
import { useDebounced } from "../ui/useDebounced";
import { count, number } from "../ui/words";
import "./completions.css";

type Completion = Schemas["Completion"];

/** What the field does with its completions. */
export interface Handle {
  /** Points at the next or the previous one; past either end, at none. */
  step: (by: 1 | -1) => void;
  /** Takes the one pointed at; false if there is none. */
  take: () => boolean;
}

interface Props {
  id: string;
  text: string;
  /** Code point of the text where one types. */
  at: number;
  /** The text with a completion in it, and where one types on. */
  onTake: (text: string, at: number) => void;
  /** How the field describes its list: whether it is there and the id of what is pointed at. */
  onShow: (shown: boolean, pointed: string | undefined) => void;
  ref: Ref<Handle>;
}

const names: Record<Schemas["Completions"]["groups"][number]["name"], string> = {
  values: "Values",
  words: "Words of the texts",
  concepts: "Concepts",
  groups: "Your groups",
  documents: "Documents",
  parties: "Parties",
  fields: "Fields",
};

/** Typing at some speed comes in bursts: who does not pause for so many milliseconds looks at no list. */
const pause = 120;

/** How what is being typed may go on. Nothing is pointed at to begin with, so that Enter searches. */
export default function Completions({ id, text, at, onTake, onShow, ref }: Props) {
  const heading = useId();
  const [pointed, setPointed] = useState(-1);
  const still = useDebounced(text, pause);
  const { data, isPlaceholderData } = useQuery({
    queryKey: ["complete", still, at],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/complete", { params: { query: { text: still, at } }, signal })),
    placeholderData: keepPreviousData,
    // The cursor has moved on with the text: there is no place of the one in the other.
    enabled: still === text,
  });
  const groups = data?.groups ?? [];
  const all = groups.flatMap((group) => group.items);
  const shown = all.length > 0;
  const index = Math.min(pointed, all.length - 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other completions, and none of them is pointed at
  useEffect(() => setPointed(-1), [text, data]);
  useEffect(() => onShow(shown, index >= 0 ? `${id}-${index}` : undefined), [onShow, shown, index, id]);
  useEffect(() => () => onShow(false, undefined), [onShow]);
  useEffect(() => {
    if (index >= 0) document.getElementById(`${id}-${index}`)?.scrollIntoView({ block: "nearest" });
  }, [id, index]);

  const take = (item: Completion | undefined) => {
    if (!item || still !== text || isPlaceholderData) return false;
    const points = [...text];
    const before = points.slice(0, item.start).join("") + item.insert;
    onTake(before + points.slice(item.end).join(""), before.length);
    return true;
  };
  useImperativeHandle(ref, () => ({
    step: (by) =>
      setPointed((from) => {
        const next = from + by;
        if (next === all.length) return -1;
        return next < -1 ? all.length - 1 : next;
      }),
    take: () => take(all[index]),
  }));
  return (
    <>
      <div id={id} role="listbox" aria-label="Completions" className="completions" hidden={!shown}>
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
          <div key={group.name} role="group" aria-labelledby={`${heading}-${group.name}`}>
            <p id={`${heading}-${group.name}`} className="tiny muted" role="presentation">
              {names[group.name]}
            </p>
            {group.items.map((item) => {
              const nth = all.indexOf(item);
              return (
                // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the option
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
                <div
                  key={item.insert}
                  id={`${id}-${nth}`}
                  role="option"
                  aria-selected={nth === index}
                  onPointerDown={(event) => event.preventDefault()}
                  onPointerMove={() => setPointed(nth)}
                  onClick={() => take(item)}
                >
                  <span className="label">
                    {item.family ? <Chip family={item.family}>{item.label}</Chip> : item.label}
                  </span>
                  <span className="tiny muted">
                    {[item.detail, item.passages ? count(item.passages, "passage") : ""]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
      <p className="sr" aria-live="polite">
        {shown && `${number(all.length)} completions; the arrow keys go through them`}
      </p>
    </>
  );
}
