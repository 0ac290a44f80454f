import { expect, test } from "vitest";
import { atLeast, invitable } from "./queries";

test("a role may what those before it may", () => {
  expect(atLeast("owner", "reader")).toBe(true);
  expect(atLeast("editor", "editor")).toBe(true);
  expect(atLeast("reader", "annotator")).toBe(false);
});

test("editors invite readers and annotators, owners anybody, others nobody", () => {
  expect(invitable("owner")).toEqual(["reader", "annotator", "editor", "owner"]);
  expect(invitable("editor")).toEqual(["reader", "annotator"]);
  expect(invitable("annotator")).toEqual([]);
});
