import { describe, expect, it } from "vitest";
import { annotationOn, versionOf } from "./testing";
import { isOnWhole, membersOf, threads } from "./threads";

const version = versionOf([["art1", "Article 1 – Scope"]]);
const root = annotationOn(version, 0, 7);
const late = annotationOn(version, 0, 7, { root: root.id, replyTo: root.id, created: 9 });
const early = annotationOn(version, 0, 7, { root: root.id, replyTo: late.id, created: 5 });
const whole = annotationOn(version, 0, 0);

describe("threads", () => {
  it("hold an annotation and its replies, in the order in which they were made", () => {
    const [first, second] = threads([late, root, whole, early]);
    expect(first).toEqual({ id: root.id, head: root, gone: false, replies: [early, late] });
    expect(second?.head).toBe(whole);
    expect([first, second].map((one) => one && isOnWhole(one))).toEqual([false, true]);
  });
  it("remain when the first annotation is gone", () => {
    const [only] = threads([late, early]);
    expect(only?.gone).toBe(true);
    expect(only?.head).toMatchObject({ id: root.id, target: root.target, note: "", editable: false });
    expect(only?.head.replyTo).toBeUndefined();
    expect(only && membersOf(only)).toEqual([early, late]);
  });
});
