import { describe, expect, it } from "vitest";
import { Steps } from "../anchor/words";
import { begin, endsOf, extend, type Visual } from "./visual";

const text = "One two three. Four five.\nSix seven.";
const steps = new Steps(text, "en");

function selected(at: number, keys: string): string {
  const { anchor, head } = [...keys].reduce<Visual>((now, key) => extend(steps, now, key), begin(steps, at));
  return text.slice(Math.min(anchor, head), Math.max(anchor, head));
}

describe("a visual selection", () => {
  it.each([
    ["begins with a word", 0, "", "One"],
    ["grows by words", 0, "ww", "One two three"],
    ["shrinks by words", 0, "wwb", "One two "],
    ["grows by sentences", 0, ")", "One two three."],
    ["grows by paragraphs", 0, "}", "One two three. Four five."],
    ["goes on into the next paragraph", 0, "}}", text],
    ["moves its other end", text.indexOf("two"), "ob", "One two"],
    ["turns around its anchor", text.indexOf("Four"), "bb", "three. "],
    ["does not know other keys", 0, "x", "One"],
  ])("%s", (_, at, keys, want) => {
    expect(selected(at, keys)).toBe(want);
  });
  it("is said in few words", () => {
    expect(endsOf(text)).toBe("One two three. Four five. Six seven.");
    expect(endsOf("a b c d e f g h i j k l m")).toBe("a b c d e … i j k l m, 13 words");
  });
});
