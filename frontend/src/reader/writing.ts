import { useCallback, useMemo, useRef, useState } from "react";
import type { Span } from "../anchor/offsets";
import { asProblem, type Schemas } from "../api/client";
import type { Content, Draft } from "./Composer";
import { MarginWriter } from "./data";
import type { Annotation, Edition } from "./edition";
import * as operating from "./operating";
import { rememberConcepts } from "./recent";

interface Telling {
  say: (text: string) => void;
  /** Brings out an annotation that has just been written or brought back. */
  show: (id: string) => void;
}

export type Writing = ReturnType<typeof useWriting>;

/** Writing, changing, deleting annotations and taking that back. `annotations` are those of the margin. */
export function useWriting(edition: Edition, annotations: Annotation[], { say, show }: Telling) {
  const writer = useMemo(() => new MarginWriter(edition.version.id), [edition]);
  const [draft, setDraft] = useState<Draft | null>(null);
  /** Whether the composer holds something that would be lost. */
  const written = useRef(false);
  const refused = useRef(new Set<string>());

  const attempt = useCallback(
    async (act: () => Promise<void>) => {
      try {
        await act();
      } catch (error) {
        say(asProblem(error).message);
      }
    },
    [say],
  );

  const save = async (content: Content) => {
    if (!draft) return;
    const { editing } = draft;
    const { concepts, note, absent, visibility, group } = content;
    const body = { concepts: concepts.map((concept) => concept.id), note, absent, visibility, group };
    // A reply is for whoever may read what it answers.
    const said = draft.replyTo ? { note } : body;
    const saved = editing
      ? await writer.edit(editing, { ...body, ...(draft.moved && stretches(edition, draft.spans)) })
      : await writer.create({ ...said, ...about(edition, draft) });
    rememberConcepts(concepts);
    setDraft(null);
    say(editing ? "Annotation changed" : "Annotation saved");
    show(saved.root);
  };

  /** Saves where the stretches of the annotation under change are now. */
  const place = (moved: Draft) =>
    attempt(async () => {
      const { editing, spans } = moved;
      if (!editing) return;
      const targets = stretches(edition, spans).targets;
      if (editing.version === edition.version.id) await writer.edit(editing, { targets });
      else if (targets[0]) await writer.place(editing, targets[0]);
      setDraft(null);
      say("The annotation stands there now");
      show(editing.id);
    });

  /** Tags a stretch at once, for those for whom the account's new annotations are. */
  const tag = (span: Span, concept: Schemas["ConceptRef"]) =>
    attempt(async () => {
      const body = { concepts: [concept.id], note: "" };
      const saved = await writer.create({ ...about(edition, { spans: [span], focus: "nowhere" }), ...body });
      rememberConcepts([concept]);
      setDraft(null);
      say(`Tagged with ${concept.label}`);
      show(saved.id);
    });

  const remove = (annotation: Annotation) =>
    attempt(async () => {
      await writer.remove(annotation.id);
      say("Annotation deleted. Press u to bring it back.");
    });

  const know = (reverted: Schemas["Reverted"], after: Annotation[]) =>
    [...annotations, ...after].find((one) => reverted.changed.includes(one.id));

  /** Takes back, or does again, and tells what and what was left alone. */
  const revert = async (
    operation: Schemas["Operation"],
    act: typeof operating.undo,
    verb: "Undone" | "Redone",
  ) => {
    const reverted = await act(operation);
    const after = await writer.reread();
    const known = know(reverted, after);
    const names = reverted.kept.length > 0 ? await operating.changedBy(reverted.kept) : [];
    const left =
      names.length > 0
        ? ` Left alone, for ${names.join(", ")} changed it since: ${reverted.kept.length}.`
        : "";
    say(`${verb}: ${operating.described(operation, known)}.${left}`);
    const there = after.find((one) => reverted.changed.includes(one.id));
    if (there) show(there.root);
  };

  const undo = () =>
    attempt(async () => {
      const operation = await operating.lastDone(refused.current);
      if (!operation) return say("Nothing to undo");
      try {
        await revert(operation, operating.undo, "Undone");
      } catch (error) {
        // The next time the one before is undone.
        refused.current.add(operation.id);
        throw error;
      }
    });

  const redo = () =>
    attempt(async () => {
      const operation = await operating.lastUndone();
      if (!operation) return say("Nothing to redo");
      await revert(operation, operating.redo, "Redone");
    });

  return { draft, setDraft, written, save, place, tag, remove, undo, redo, reread: () => writer.reread() };
}

/** What a new annotation is about. */
function about(edition: Edition, { spans, replyTo, whole }: Draft) {
  if (replyTo) return { replyTo };
  if (whole) return { version: edition.version.id };
  return { version: edition.version.id, ...stretches(edition, spans) };
}

function stretches({ offsets, anchorage }: Edition, spans: Span[]) {
  const targets = spans.map((span) => {
    const target = anchorage.select({ start: offsets.points(span.start), end: offsets.points(span.end) });
    if (typeof target === "string") throw new Error("Nothing is selected that could be annotated.");
    const { start, end, exact } = target;
    return { start, end, exact };
  });
  return { targets };
}
