import { describe, expect, it } from "vitest";
import { Steps } from "./words";

const text = "First one. Second, with a comma.\n(a) A point;\n\nLast";

describe("Steps", () => {
  const steps = new Steps(text, "en");
  const walk = (step: "word" | "sentence" | "paragraph", count: number) => {
    const parts: string[] = [];
    let at = 0;
    for (let i = 0; i < count; i++) {
      const next = steps.forward(at, step);
      parts.push(text.slice(at, next));
      at = next;
    }
    return parts;
  };
  it("goes forward by words, over the ends of paragraphs", () => {
    expect(walk("word", 8)).toEqual(["First", " one", ". Second", ", with", " a", " comma", ".\n(a", ") A"]);
  });
  it("goes forward by sentences", () => {
    expect(walk("sentence", 3)).toEqual(["First one.", " Second, with a comma.", "\n(a) A point;"]);
  });
  it("goes forward by paragraphs and stops at the end", () => {
    expect(walk("paragraph", 4)).toEqual([
      "First one. Second, with a comma.",
      "\n(a) A point;",
      "\n\nLast",
      "",
    ]);
  });
  it("goes back by words and stops at the start", () => {
    const second = text.indexOf("Second");
    expect(steps.back(second + 3, "word")).toBe(second);
    expect(steps.back(second, "word")).toBe(text.indexOf("one"));
    expect(steps.back(text.indexOf("(a)"), "word")).toBe(text.indexOf("comma"));
    expect(steps.back(0, "word")).toBe(0);
  });
  it("goes back by sentences and paragraphs", () => {
    const point = text.indexOf("point");
    expect(steps.back(text.indexOf("with"), "sentence")).toBe(text.indexOf("Second"));
    expect(steps.back(point, "paragraph")).toBe(text.indexOf("(a)"));
  });
  it("takes a family of emoji as one character", () => {
    const family = new Steps("a👨‍👩‍👧b", "en");
    expect(family.forward(1, "character")).toBe(1 + "👨‍👩‍👧".length);
  });
  it("does without a language it does not know", () => {
    expect(new Steps("one two", "not a tag").forward(0, "word")).toBe(3);
  });
});
