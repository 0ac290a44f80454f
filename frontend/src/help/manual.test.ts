import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { blocksOf, runsOf } from "./manual";

describe("the manual", () => {
  test("is cut into blocks", () => {
    const manual =
      "# One\n\nTwo lines\nof text.\n\n| a | b |\n|---|---|\n| `c` | d |\n\n```query\nx y\n→ both\n```\n";
    expect(blocksOf(manual)).toEqual([
      { kind: "heading", level: 1, text: "One" },
      { kind: "paragraph", text: "Two lines of text." },
      { kind: "table", head: ["a", "b"], rows: [["`c`", "d"]] },
      { kind: "examples", examples: [{ query: "x y", says: "both", right: true, repair: "" }] },
    ]);
  });

  test("tells a repair from the next query", () => {
    const fence = [
      "```query",
      "(a",
      "✗ never closed",
      "(a)",
      "*",
      "✗ too much",
      "b",
      "→ the word",
      "```",
    ].join("\n");
    expect(blocksOf(fence)).toEqual([
      {
        kind: "examples",
        examples: [
          { query: "(a", says: "never closed", right: false, repair: "(a)" },
          { query: "*", says: "too much", right: false, repair: "" },
          { query: "b", says: "the word", right: true, repair: "" },
        ],
      },
    ]);
  });

  test("that ends within its examples ends there", () => {
    expect(blocksOf("```query\na\n→ b")).toHaveLength(1);
  });

  test("runs tell code, strong words and links from text", () => {
    expect(runsOf("say `a*` or **so**, as [RE2](https://re2.example) has it")).toEqual([
      { text: "say ", kind: "plain" },
      { text: "a*", kind: "code" },
      { text: " or ", kind: "plain" },
      { text: "so", kind: "strong" },
      { text: ", as ", kind: "plain" },
      { text: "RE2", kind: "link", address: "https://re2.example" },
      { text: " has it", kind: "plain" },
    ]);
  });

  test("cells may hold a stroke", () => {
    expect(blocksOf("| a |\n|---|\n| `x\\|y` |\n")).toEqual([
      { kind: "table", head: ["a"], rows: [["`x|y`"]] },
    ]);
  });

  test("of the query language keeps every example", () => {
    const manual = readFileSync(join(import.meta.dirname, "../../../index/query/syntax.md"), "utf8");
    const examples = blocksOf(manual).flatMap((block) => (block.kind === "examples" ? block.examples : []));
    expect(examples.length).toBe(manual.match(/^[→✗]/gm)?.length);
    expect(examples.every((example) => example.query && example.says)).toBe(true);
  });
});
