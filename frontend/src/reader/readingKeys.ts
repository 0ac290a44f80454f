import type { RefObject } from "react";
import { type Bindings, useKeys } from "../ui/keys";

/** What the keys of the reader do. */
export interface Commands {
  paragraph: (step: 1 | -1) => void;
  article: (step: 1 | -1) => void;
  hit: (step: 1 | -1) => void;
  find: () => void;
  annotation: (step: 1 | -1) => void;
  startSelecting: () => void;
  selectWhole: (what: "paragraph" | "article") => void;
  compose: (focus: "concepts" | "note") => void;
  cite: () => void;
  link: () => void;
  citeLinked: () => void;
  pin: () => void;
  undo: () => void;
  redo: () => void;
  reply: () => void;
  adjust: () => void;
  history: () => void;
  annotateDocument: () => void;
  /** Tags with one of the concepts last used, the last one being 0. */
  recent: (nth: number) => void;
  /** Shows nothing but the text, or the rest again. */
  focus: () => void;
  escape: () => void;
}

/** Binds the keys of the reader to its region; those of a visual selection come first while there is one. */
export function useReadingKeys(
  region: RefObject<Element | null>,
  commands: Commands,
  visual: Bindings | null,
): void {
  const bindings: Bindings = {
    j: () => commands.paragraph(1),
    k: () => commands.paragraph(-1),
    "]": () => commands.article(1),
    "[": () => commands.article(-1),
    n: () => commands.hit(1),
    N: () => commands.hit(-1),
    f: commands.find,
    ".": () => commands.annotation(1),
    ",": () => commands.annotation(-1),
    v: commands.startSelecting,
    V: () => commands.selectWhole("paragraph"),
    A: () => commands.selectWhole("article"),
    t: () => commands.compose("concepts"),
    m: () => commands.compose("note"),
    c: commands.cite,
    y: commands.link,
    C: commands.citeLinked,
    p: commands.pin,
    u: commands.undo,
    U: commands.redo,
    r: commands.reply,
    a: commands.adjust,
    h: commands.history,
    d: commands.annotateDocument,
    z: commands.focus,
    Escape: commands.escape,
  };
  for (let nth = 0; nth < 9; nth++) bindings[String(nth + 1)] = () => commands.recent(nth);
  useKeys({ ...bindings, ...visual }, region);
}
