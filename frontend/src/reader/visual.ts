import type { Step, Steps } from "../anchor/words";

/** A selection made by keys: it reaches from the anchor to the head, either of which may come first. */
export interface Visual {
  anchor: number;
  head: number;
}

/** Begins with the first word at or after the unit. */
export function begin(steps: Steps, at: number): Visual {
  return { anchor: at, head: steps.forward(at, "word") };
}

const moves: Record<string, [Step, "forward" | "back"]> = {
  w: ["word", "forward"],
  b: ["word", "back"],
  ")": ["sentence", "forward"],
  "(": ["sentence", "back"],
  "}": ["paragraph", "forward"],
  "{": ["paragraph", "back"],
  ArrowRight: ["character", "forward"],
  ArrowLeft: ["character", "back"],
};

/** The keys that extend a visual selection. */
export const visualKeys = [...Object.keys(moves), "o"];

/** The selection after a key of visualKeys. */
export function extend(steps: Steps, { anchor, head }: Visual, key: string): Visual {
  if (key === "o") return { anchor: head, head: anchor };
  const move = moves[key];
  return move ? { anchor, head: steps[move[1]](head, move[0]) } : { anchor, head };
}

/** The words of a selection; of many, the first and the last. */
export function endsOf(text: string): string {
  const words = text.split(/\s+/).filter(Boolean);
  if (words.length <= 12) return words.join(" ");
  return `${words.slice(0, 5).join(" ")} … ${words.slice(-5).join(" ")}, ${words.length} words`;
}
