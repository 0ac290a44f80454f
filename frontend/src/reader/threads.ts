import type { Annotation } from "./edition";

/** An annotation and what was answered to it. */
export interface Thread {
  /** Id of the annotation with which it begins. */
  id: string;
  /** That annotation; what is known of it by its replies if it is gone. */
  head: Annotation;
  /** Whether the first annotation was deleted, or is not for the reader, while replies remain. */
  gone: boolean;
  /** In the order in which they were made. */
  replies: Annotation[];
}

/** The annotations as threads, in the order in which these first come. */
export function threads(annotations: Annotation[]): Thread[] {
  const found = new Map<string, Annotation[]>();
  for (const one of annotations) {
    const members = found.get(one.root) ?? [];
    found.set(one.root, members);
    members.push(one);
  }
  return [...found].map(([id, members]) => threadOf(id, members));
}

function threadOf(id: string, members: Annotation[]): Thread {
  const head = members.find((one) => one.id === id);
  const replies = members
    .filter((one) => one.id !== id)
    .sort((a, b) => a.created - b.created || a.id.localeCompare(b.id));
  return { id, head: head ?? standIn(id, members[0] as Annotation), gone: head === undefined, replies };
}

function standIn(id: string, reply: Annotation): Annotation {
  const { replyTo: _, more: __, ...rest } = reply;
  const { target } = reply.placement;
  return { ...rest, id, target, concepts: [], note: "", absent: false, editable: false };
}

export function membersOf({ head, gone, replies }: Thread): Annotation[] {
  return gone ? replies : [head, ...replies];
}

/** Whether it is about the document as a whole. */
export function isOnWhole({ head }: Thread): boolean {
  return head.placement.state !== "lost" && head.placement.target.end === 0 && head.target.end === 0;
}
