import type { ReactNode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { describe, expect, it } from "vitest";
import { Note, NoteExcerpt } from "./note";

const html = (text: string) => rendered(<Note text={text} />);

function rendered(node: ReactNode): string {
  const host = document.createElement("div");
  const root = createRoot(host);
  flushSync(() => root.render(node));
  return host.innerHTML;
}

const link = (address: string, text: string) =>
  `<a href="${address}" rel="noreferrer nofollow" target="_blank">${text}</a>`;

describe("Note", () => {
  it.each([
    ["paragraphs and lines", "one\ntwo\n\n\nthree", "<p>one<br>two</p><p>three</p>"],
    [
      "emphasis",
      "*so* and _so_ and **more**",
      "<p><em>so</em> and <em>so</em> and <strong>more</strong></p>",
    ],
    ["emphasis inside of emphasis", "**a *b* c**", "<p><strong>a <em>b</em> c</strong></p>"],
    ["code as it is", "`*a*`", "<p><code>*a*</code></p>"],
    ["underscores inside of words", "snake_case_word", "<p>snake_case_word</p>"],
    ["stars that are none", "2 * 3 * 4", "<p>2 * 3 * 4</p>"],
    ["a link", "[ICJ](https://icj.example/a)", `<p>${link("https://icj.example/a", "ICJ")}</p>`],
    [
      "an address and the stop after it",
      "See http://a.example/b.",
      `<p>See ${link("http://a.example/b", "http://a.example/b")}.</p>`,
    ],
    ["no script", "[x](javascript:alert)", "<p>[x](javascript:alert)</p>"],
    ["no data", "[x](data:text/html,x)", "<p>[x](data:text/html,x)</p>"],
    ["no markup", "<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"],
  ])("shows %s", (_, text, want) => {
    expect(html(text)).toBe(want);
  });
  it.each([
    ["found words", "a quay here", ["quay"], "<p>a <mark>quay</mark> here</p>"],
    ["them in what is strong", "𝔸 **old quay**", ["quay"], "<p>𝔸 <strong>old <mark>quay</mark></strong></p>"],
    [
      "them in code and links",
      "`quay` [quay](https://a.example/)",
      ["quay"],
      `<p><code><mark>quay</mark></code> ${link("https://a.example/", "<mark>quay</mark>")}</p>`,
    ],
    [
      "them on later lines",
      "\n one\n\ntwo 𝔸\nthe quay",
      ["one", "quay"],
      "<p><mark>one</mark></p><p>two 𝔸<br>the <mark>quay</mark></p>",
    ],
    [
      "what reaches over emphasis",
      "*old* quay",
      ["old* quay"],
      "<p><em><mark>old</mark></em><mark> quay</mark></p>",
    ],
  ])("marks %s", (_, text, words, want) => {
    const spans = words.flatMap((word) =>
      [...text.matchAll(new RegExp(word.replaceAll("*", "\\*"), "g"))].map(({ index }) => {
        const start = [...text.slice(0, index)].length;
        return { start, end: start + word.length };
      }),
    );
    expect(rendered(<Note text={text} spans={spans} />)).toBe(want);
  });
  it("marks in an excerpt what was found there", () => {
    const spans = [{ start: 14, end: 18 }];
    expect(rendered(<NoteExcerpt text={"the **quay**\nis old"} start={8} spans={spans} />)).toBe(
      "the <strong><mark>quay</mark></strong> is old",
    );
  });
  it("looks no further for an end than it says", () => {
    const long = "a".repeat(2000);
    expect(html(`*${long}*`)).toBe(`<p><em>${long}</em></p>`);
    for (const [open, close] of [
      ["`", "`"],
      ["*", "*"],
      ["_", "_"],
      ["**", "**"],
      ["[", "](https://icj.example/a)"],
    ] as const) {
      const text = `${open}${long}aaa${close}`;
      expect(html(text)).toBe(`<p>${text.replace(/https:[^)]*/, (address) => link(address, address))}</p>`);
    }
  });
});
