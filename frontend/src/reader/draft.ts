import { type Span, union } from "../anchor/offsets";
import { type Draft, threadOf } from "./Composer";
import type { Version } from "./edition";

/** Whether a draft is of something without a place of its own in the text: a reply, or about the whole document. */
export function isSaid(draft: Draft | null): boolean {
  return draft !== null && (threadOf(draft) !== undefined || draft.whole === true);
}

/** Whether a draft may have another stretch. */
export function mayAdd(draft: Draft, version: Version): boolean {
  return !isSaid(draft) && (draft.editing === undefined || draft.editing.version === version.id);
}

/** A draft after a selection: one more stretch if that was asked for, else on this stretch alone. */
export function withSpan(before: Draft | null, span: Span, focus: Draft["focus"]): Draft {
  // The browser tells of the same selection more than once.
  const known = before?.spans.some(({ start, end }) => start <= span.start && span.end <= end);
  if (before && known && (before.adding || before.spans.length > 1)) return { ...before, focus };
  if (!before?.adding) return { ...(isSaid(before) ? null : before), spans: [span], focus };
  return { ...before, spans: union([...before.spans, span]), adding: false, moved: true };
}

/** A draft whose stretch under change is another. */
export function replaced(draft: Draft, span: Span): Draft {
  const spans = draft.spans.map((one, nth) => (nth === draft.adjusting ? span : one));
  return { ...draft, spans };
}
