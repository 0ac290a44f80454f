import { answer, client, type Schemas } from "../api/client";
import type { Annotation } from "./edition";

type Operation = Schemas["Operation"];

/** How far back undo goes, in operations. */
const kept = 50;

async function operations(): Promise<Operation[]> {
  return (await answer(client.GET("/api/operations", { params: { query: { size: kept } } }))).operations;
}

/** The last operation that holds, less those of which undoing was refused; undefined if there is none. */
export async function lastDone(refused: ReadonlySet<string>): Promise<Operation | undefined> {
  return (await operations()).find((one) => one.undone === 0 && !refused.has(one.id));
}

/** The operation that was undone last, if nothing was done since; undefined if there is none. */
export async function lastUndone(): Promise<Operation | undefined> {
  return redoable(await operations());
}

export function redoable(all: Operation[]): Operation | undefined {
  const last = all.reduce<Operation | undefined>(
    (found, one) => (one.undone > (found?.undone ?? 0) ? one : found),
    undefined,
  );
  return all.some((one) => one.undone === 0 && one.at > (last?.undone ?? 0)) ? undefined : last;
}

export const undo = ({ id }: Operation) =>
  answer(client.POST("/api/operations/{operation}/undo", { params: { path: { operation: id } } }));

export const redo = ({ id }: Operation) =>
  answer(client.POST("/api/operations/{operation}/redo", { params: { path: { operation: id } } }));

const deeds: Record<string, string> = {
  create: "made",
  update: "changed",
  delete: "deleted",
  restore: "brought back",
};

/** What an operation did, in words; `annotation` is one that it touched, if that is known. */
export function described({ what, count }: Operation, annotation: Annotation | undefined): string {
  const deed = deeds[what];
  if (deed === undefined) return count > 1 ? `${what} (${count} annotations)` : what;
  if (count > 1) return `${deed} ${count} annotations`;
  return annotation ? `${deed} ${named(annotation)}` : `${deed} an annotation of another text`;
}

const longest = 40;

/** An annotation in a few words: “due process” on art. 9. */
export function named({ concepts, note, replyTo, pinpoint }: Annotation): string {
  const whole = concepts.map((concept) => concept.label).join(", ") || note.replace(/\s+/g, " ");
  const words = whole.length > longest ? `${whole.slice(0, longest)}…` : whole;
  return `${replyTo ? "the reply " : ""}“${words}”${pinpoint ? ` on ${pinpoint}` : ""}`;
}

/** Who changed some annotations last, for those of them that can still be read. */
export async function changedBy(ids: string[]): Promise<string[]> {
  const names = await Promise.all(
    ids.slice(0, 5).map(async (annotation) => {
      const path = { annotation };
      const { events } = await answer(
        client.GET("/api/annotations/{annotation}/history", { params: { path } }),
      );
      return events.at(-1)?.who.name ?? "";
    }),
  );
  return [...new Set(names.filter(Boolean))];
}
