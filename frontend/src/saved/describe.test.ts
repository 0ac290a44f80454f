import { expect, test } from "vitest";
import { filtersInWords, searchOf } from "./describe";

test.each([
  ["q=cyber", ""],
  ["q=cyber&kind=treaty&kind=declaration&year=2010..2015", "Kind: treaty or declaration · Year: 2010–2015"],
  ["coded=no&region=Europe", "Coding: Not yet coded · Region: Europe"],
  ["lang=fr&sort=newest", "Language: French · newest first"],
  ["q=cyber&view=concordance", "concordance"],
  [
    "q=cyber&year=2014&view=concordance&sort=left",
    "Year: 2014 · concordance · by the first word to the left",
  ],
  ["concept=content+regulation&in=ets-185", "Concept: content regulation · In: ets-185"],
])("the filters of %s in words", (address, words) => {
  expect(filtersInWords(searchOf(address))).toBe(words);
});
