import { describe, expect, it } from "vitest";
import { oneLine } from "./lines";
import type { Citation } from "./queries";
import { addressOf, csv, rows, tabbed } from "./table";

const document = {
  id: "harbour accord",
  title: "Harbour Accord on Shared Networks",
  shortTitle: "Harbour Accord",
  kind: "treaty",
  year: 2012,
  languages: ["en"],
  passages: 1,
  annotations: 0,
  length: 10,
};
const found: Citation = {
  text: "harbour art 2",
  written: true,
  status: "resolved",
  document,
  version: "v1",
  provision: "art2",
  pinpoint: "art. 2",
  opening: 'Each "harbour", too',
  candidates: [],
};
const unknown: Citation = {
  text: "=Atlantis art 1",
  written: true,
  status: "unknown",
  reason: "No document is called “Atlantis”.",
  candidates: [document],
};

describe("the table of citations", () => {
  it("leads to the provision, in the version if there are several languages", () => {
    expect(addressOf(found)).toBe("/read/harbour%20accord?at=art2");
    expect(addressOf({ ...found, document: { ...document, languages: ["en", "fr"] } })).toBe(
      "/read/harbour%20accord?at=art2&version=v1",
    );
    expect(addressOf({ ...found, provision: undefined })).toBe("/read/harbour%20accord");
    expect(addressOf(unknown)).toBe("");
  });

  it("says what is wrong", () => {
    expect(rows([found, unknown], "https://x.test")).toEqual([
      ["Citation", "Result", "Document", "Pinpoint", "Opening words", "Remark", "Address"],
      [
        "harbour art 2",
        "Found",
        "Harbour Accord",
        "Art. 2",
        'Each "harbour", too',
        "",
        "https://x.test/read/harbour%20accord?at=art2",
      ],
      [
        "=Atlantis art 1",
        "Not found",
        "",
        "",
        "",
        "No document is called “Atlantis”. Candidates: Harbour Accord.",
        "",
      ],
    ]);
  });

  it("is written for spreadsheets and for pasting", () => {
    expect(
      csv([
        ["a", 'say "b"'],
        ["=1+1", "x,\ny"],
      ]),
    ).toBe('\ufeff"a","say ""b"""\r\n"\'=1+1","x,\ny"\r\n');
    expect(
      tabbed([
        ["a", "b\tc"],
        ["d\ne", ""],
      ]),
    ).toBe("a\tb c\nd e\t");
  });
});

describe("lines that are pasted", () => {
  it("become one, divided by semicolons", () => {
    expect(oneLine("ETS 185\r\n\n Wales para 72 ;\nGDPR art 5")).toBe("ETS 185; Wales para 72; GDPR art 5");
  });
});
