import { expect, test } from "vitest";
import { chance, contrastInWords, rate } from "./words";

const of = (matches: number, words: number) => ({
  texts: 1,
  documents: 1,
  passages: matches,
  matches,
  words,
  perMillion: 0,
  low: 0,
  high: 0,
});

test("a frequency has as many figures as tell something", () => {
  expect([0, 0.123, 4.56, 12.4, 1234.5].map(rate)).toEqual(["0", "0.12", "4.6", "12", "1,235"]);
});

test.each([
  [
    { logRatio: 2, logLikelihood: 20 },
    of(8, 100),
    of(2, 100),
    /^In A the term is 4.0 times as frequent as in B/,
  ],
  [
    { logRatio: -4, logLikelihood: 11 },
    of(1, 100),
    of(16, 100),
    /^In B the term is 16 times .* in 1,000 times\.$/,
  ],
  [
    { logRatio: 0.01, logLikelihood: 0 },
    of(8, 100),
    of(8, 100),
    /^The term is equally .* may well be chance\.$/,
  ],
  [{ logRatio: 5, logLikelihood: 9 }, of(8, 100), of(0, 100), /^The term is in A and not in B/],
  [{ logRatio: -5, logLikelihood: 9 }, of(0, 100), of(8, 100), /^The term is in B and not in A/],
])("%j is put in words", (contrast, a, b, words) => {
  expect(contrastInWords(contrast, a, b)).toMatch(words);
});

test("nothing is compared with nothing", () => {
  expect(contrastInWords({ logRatio: 0, logLikelihood: 0 }, of(3, 10), of(0, 0))).toBeUndefined();
  expect(contrastInWords({ logRatio: 0, logLikelihood: 0 }, of(0, 10), of(0, 10))).toBeUndefined();
});

test("the steps of chance are those of chi-squared", () => {
  expect(chance(3.83)).toMatch(/chance$/);
  expect(chance(3.84)).toMatch(/in 20 /);
  expect(chance(6.63)).toMatch(/in 100 /);
  expect(chance(15.2)).toMatch(/in 10,000 /);
});
