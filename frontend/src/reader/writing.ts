import { useCallback, useMemo, useRef, useState } from "react";
import type { Span } from "../anchor/offsets";
import { asProblem, type Schemas } from "../api/client";
import type { Content, Draft } from "./Composer";
import { MarginWriter } from "./data";
import type { Annotation, Edition } from "./edition";
import { rememberConcepts } from "./recent";
import { type Deed, Deeds } from "./undo";

interface Telling {
  say: (text: string) => void;
  /** Brings out an annotation that has just been written or brought back. */
  show: (id: string) => void;
}

/** Writing, changing, deleting annotations and taking that back. `annotations` are those of the margin. */
export function useWriting(edition: Edition, annotations: Annotation[], { say, show }: Telling) {
  const writer = useMemo(() => new MarginWriter(edition.version.id), [edition]);
  const deeds = useRef(new Deeds());
  const [draft, setDraft] = useState<Draft | null>(null);
  /** Whether the composer holds something that would be lost. */
  const written = useRef(false);

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
    const { editing, span } = draft;
    const body = { ...content, concepts: content.concepts.map((concept) => concept.id) };
    const saved = editing
      ? await writer.edit(editing, body)
      : await writer.create({ ...place(edition, span), ...body });
    rememberConcepts(content.concepts);
    deeds.current.add(editing ? { kind: "edited", before: editing } : { kind: "created", id: saved.id });
    setDraft(null);
    say(editing ? "Annotation changed" : "Annotation saved");
    show(saved.id);
  };

  /** Tags a stretch at once, for those for whom the account's new annotations are. */
  const tag = (span: Span, concept: Schemas["ConceptRef"]) =>
    attempt(async () => {
      const body = { concepts: [concept.id], note: "" };
      const saved = await writer.create({ ...place(edition, span), ...body });
      deeds.current.add({ kind: "created", id: saved.id });
      rememberConcepts([concept]);
      setDraft(null);
      say(`Tagged with ${concept.label}`);
      show(saved.id);
    });

  const remove = (annotation: Annotation) =>
    attempt(async () => {
      await writer.remove(annotation.id);
      deeds.current.add({ kind: "deleted", id: annotation.id });
      say("Annotation deleted. Press u to bring it back.");
    });

  const undo = () => {
    const deed = deeds.current.take();
    if (!deed) return say("Nothing to undo");
    return attempt(async () => {
      const back = await takeBack(writer, deed, annotations);
      say(undone[deed.kind]);
      if (back) show(back);
    });
  };

  return { draft, setDraft, written, save, tag, remove, undo };
}

const undone = {
  created: "Undone: the annotation is gone",
  deleted: "Undone: the annotation is back",
  edited: "Undone: the annotation is as it was",
};

/** Gives the id of the annotation that is there again, undefined if there is none. */
async function takeBack(
  writer: MarginWriter,
  deed: Deed,
  annotations: Annotation[],
): Promise<string | undefined> {
  if (deed.kind === "created") {
    await writer.remove(deed.id);
    return undefined;
  }
  if (deed.kind === "deleted") return (await writer.restore(deed.id)).id;
  const now = annotations.find((annotation) => annotation.id === deed.before.id) ?? deed.before;
  const { concepts, note, visibility, group } = deed.before;
  return (
    await writer.edit(now, { concepts: concepts.map((concept) => concept.id), note, visibility, group })
  ).id;
}

function place(edition: Edition, span: Span) {
  const { offsets, anchorage, version } = edition;
  const target = anchorage.select({ start: offsets.points(span.start), end: offsets.points(span.end) });
  if (typeof target === "string") throw new Error("Nothing is selected that could be annotated.");
  const { start, end, exact } = target;
  return { version: version.id, targets: [{ start, end, exact }] };
}
