import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Span } from "./offsets";
import { Anchorage, type Target } from "./selectors";

interface Cases {
  select: ({ name: string; text: string; want?: Target; error?: string } & Span)[];
  locate: { name: string; text: string; target: Target; want?: Span; error?: string }[];
}

const file = join(import.meta.dirname, "../../../annotations/anchor/testdata/cases.json");
const cases: Cases = JSON.parse(readFileSync(file, "utf8"));

describe("the cases shared with the server", () => {
  it.each(cases.select)("select: $name", ({ text, start, end, want, error }) => {
    expect(new Anchorage(text).select({ start, end })).toEqual(want ?? error);
  });
  it.each(cases.locate)("locate: $name", ({ text, target, want, error }) => {
    expect(new Anchorage(text).locate(target)).toEqual(want ?? error);
  });
});
