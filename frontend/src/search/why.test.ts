import { describe, expect, test } from "vitest";
import { distinct, inPlainWords, type Reason, shares } from "./why";

const reason = (of: Partial<Reason>): Reason => ({
  clause: "watch",
  words: ["watch"],
  frequency: 1,
  passages: 14,
  rarity: 8,
  inHeading: false,
  inTitle: false,
  score: 1,
  ...of,
});

describe("the shares of a score", () => {
  test.each([
    [
      [1, 2],
      [100, 200],
    ],
    [
      [1.114, 2.224, 0.014],
      [111, 223, 1],
    ],
    [
      [0.005, 0.005],
      [1, 0],
    ],
    [[], []],
  ])("of %j are %j", (scores, want) => {
    const got = shares(scores.map((score) => reason({ score })));
    expect(got).toEqual(want);
    const sum = scores.reduce((a, b) => a + b, 0);
    expect(got.reduce((a, b) => a + b, 0)).toBe(Math.round(sum * 100));
  });
});

describe("a reason in plain words", () => {
  test.each([
    [{ passages: 14 }, ["once in the passage", "very rare: in 14 of 48,400 passages"]],
    [
      { frequency: 2, passages: 484, inHeading: true },
      ["twice in the passage", "in its heading", "rare: in 484 of 48,400 passages"],
    ],
    [
      { frequency: 0, passages: 4000, inTitle: true },
      ["in the title of the document", "common: in 4,000 of 48,400 passages"],
    ],
    [
      { frequency: 5, passages: 40000 },
      ["5 times in the passage", "very common: in 40,000 of 48,400 passages"],
    ],
    [{ clause: "" }, ["the nearer to each other, the more it adds"]],
  ])("%j", (of, words) => {
    expect(inPlainWords(reason(of), 48400)).toEqual(words);
  });
});

test("words that differ by capitals alone are named once", () => {
  expect(distinct(["Cyber", "cyber", "attack", "CYBER", "Attacks"])).toEqual(["Cyber", "attack", "Attacks"]);
});
