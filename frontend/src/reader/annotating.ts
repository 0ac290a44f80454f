import { useEffect, useRef, useState } from "react";
import { type Span, same } from "../anchor/offsets";
import { useAdjustment } from "./adjustment";
import type { CardActions } from "./Card";
import { threadOf } from "./Composer";
import type { Chosen } from "./chosen";
import { isSaid, withSpan } from "./draft";
import { type Annotation, indexAt } from "./edition";
import { narrow } from "./Margin";
import type { Annotations, Material } from "./material";
import { spansOf } from "./outline";
import type { Commands } from "./readingKeys";
import { recentConcepts } from "./recent";
import { reveal, revealEnd } from "./reveal";
import { useTextSelection } from "./selection";
import { articleAround, focusBlock, focused, focusSoon } from "./standing";
import type { Say } from "./status";
import { useVisual } from "./visualMode";
import { useWriting } from "./writing";

type Deeds = Pick<
  Commands,
  | ("startSelecting" | "selectWhole" | "compose" | "annotateDocument" | "recent")
  | ("reply" | "adjust" | "history" | "undo" | "redo")
>;

/**
 * What of the text is selected, and what is written about it or done with an annotation. `standing` gives the block that
 * commands start from without a focus.
 */
export function useAnnotating(
  material: Material,
  { all, threads, marks, notes }: Annotations,
  { active, choose, hover, show }: Chosen,
  standing: () => number,
  say: Say,
) {
  const { edition, sheet } = material;
  const writing = useWriting(edition, all ?? noAnnotations, { say, show });
  const { setDraft, written } = writing;
  const visual = useVisual(edition, sheet, material.steps, say);
  const { draft, adjusted, adjust, saveAdjusted } = useAdjustment(material, marks, writing, visual, say);
  /** The annotation of which the history is shown. */
  const [past, setPast] = useState<Annotation>();

  /**
   * What a finger has selected on a narrow screen, until it is said what to do with it: to write at once would cover
   * the words while their ends are still being moved.
   */
  const [picked, pick] = useState<Span | null>(null);
  const picking = picked !== null && visual.span === null;

  // What is written, or done, must not hide the words it is about.
  const about = useRef({ first: draft?.spans[0], picked });
  useEffect(() => {
    about.current = { first: draft?.spans[0], picked };
  });
  const writes = draft !== null;
  useEffect(() => {
    const { first } = about.current;
    if (writes && first && narrow.matches) void reveal(edition, sheet, first);
  }, [writes, edition, sheet]);
  useEffect(() => {
    if (picking && about.current.picked) void revealEnd(edition, sheet, about.current.picked);
  }, [picking, edition, sheet]);

  const adjusting = draft?.adjusting !== undefined;
  const muted = adjusting ? false : visual.span !== null || (draft?.editing !== undefined && !draft.adding);
  useTextSelection(sheet.page, muted || isSaid(draft), (span, { released, touch }) => {
    if (adjusting) {
      if (span && (released || touch) && !same(span, visual.span)) visual.select(span);
      return;
    }
    const later = touch && narrow.matches && (draft === null || draft.adding === true);
    pick(later ? span : null);
    if (span && !later) setDraft((before) => withSpan(before, span, before?.focus ?? "nowhere"));
    if (!span && released && !written.current && !draft?.adding) setDraft(null);
  });

  /** What the next command is about: what is or was just selected, else the paragraph with the focus or where one stands. */
  const subject = (): Span => {
    const selection = getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    const selected = range && !range.collapsed ? sheet.page.span(range) : null;
    return selected ?? picked ?? draft?.spans[0] ?? (edition.blocks[focused(sheet) ?? standing()] as Span);
  };
  /** Puts away what is selected. */
  const leave = () => {
    visual.stop();
    pick(null);
  };
  const noteDocument = (absent: boolean) => {
    scrollTo({ top: 0, behavior: "instant" });
    setDraft({ spans: [], whole: true, absent, focus: absent ? "concepts" : "note" });
  };
  const cancel = () => {
    const back = threadOf(draft) ?? (draft?.whole ? active : null);
    const block = sheet.blocks[indexAt(edition.blocks, draft?.spans[0]?.start ?? 0)];
    if (adjusting) visual.stop();
    setDraft(null);
    if (back) focusSoon(back);
    else focusBlock(block);
  };

  const actions = useRef<CardActions>(noActions);
  useEffect(() => {
    actions.current = {
      activate: choose,
      hover,
      remove: (annotation) => void writing.remove(annotation),
      edit: (annotation) =>
        setDraft({
          spans: spansOf(marks, annotation.id),
          editing: annotation,
          whole: notes.some(({ id }) => id === annotation.id),
          focus: "note",
        }),
      reply: (thread) => {
        const last = thread.replies.at(-1);
        const replyTo = thread.gone && last ? last.id : thread.id;
        setDraft({ spans: [], replyTo, answering: thread.id, focus: "note" });
      },
      adjust,
      history: setPast,
    };
  });

  const thread = active ? threads.get(active) : undefined;
  /** Does something with the annotation that is chosen, which must be there still. */
  const withChosen = (act: (annotation: Annotation) => void) => () => {
    if (thread && !thread.gone) act(thread.head);
    else say(chooseFirst);
  };
  const commands: Deeds = {
    startSelecting: () => visual.start(subject().start),
    selectWhole: (what) => {
      const block = focused(sheet) ?? standing();
      visual.select(what === "article" ? articleAround(edition, block) : (edition.blocks[block] as Span));
    },
    compose: (focus) => {
      const span = subject();
      leave();
      setDraft((before) => withSpan(before?.adding ? before : null, span, focus));
      if (narrow.matches) void reveal(edition, sheet, span);
    },
    annotateDocument: () => noteDocument(false),
    recent: (nth) => {
      const concept = recentConcepts()[nth];
      if (!concept)
        return say(`There is no concept ${nth + 1} yet: the last nine you used are on these keys`);
      if (written.current) return say("Save or leave first what you are writing");
      const span = subject();
      leave();
      void writing.tag(span, concept);
    },
    reply: () => {
      if (thread) actions.current.reply(thread);
      else say(chooseFirst);
    },
    adjust: withChosen(adjust),
    history: withChosen(setPast),
    undo: () => void writing.undo(),
    redo: () => void writing.redo(),
  };
  const keys =
    visual.span && (adjusting ? { ...visual.keys, Enter: saveAdjusted, Escape: cancel } : visual.keys);

  return {
    ...{ writing, draft, cancel, noteDocument, subject, past, setPast },
    ...{ adjusted, saveAdjusted, select: visual.select, picking },
    /** For the cards; always the same, so that a card need not be drawn anew. */
    actions,
    commands,
    /** The keys of a visual selection; null while there is none. */
    keys,
  };
}

const chooseFirst = "Choose an annotation first: . and , go through them";
const noAnnotations: Annotation[] = [];
const nothing = () => {};
const noActions: CardActions = {
  ...{ activate: nothing, hover: nothing, edit: nothing, remove: nothing },
  ...{ reply: nothing, adjust: nothing, history: nothing },
};
