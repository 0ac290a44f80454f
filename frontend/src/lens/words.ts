import { number } from "../ui/words";
import type { Frequency, Lens } from "./queries";

type Contrast = Lens["contrast"];

const one = new Intl.NumberFormat("en", { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const significant = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });

/** A statistic with one decimal: 45.2 */
export function decimal(value: number): string {
  return one.format(value);
}

/** A frequency per million words: whole from 10 on, otherwise to two figures. */
export function rate(value: number): string {
  return value >= 10 ? number(Math.round(value)) : significant.format(value);
}

/** How one group compares with the other, in words; undefined where there is nothing to compare. */
export function contrastInWords(contrast: Contrast, a: Frequency, b: Frequency): string | undefined {
  if (a.words === 0 || b.words === 0 || a.matches + b.matches === 0) return undefined;
  const sign = `log ratio ${decimal(contrast.logRatio)}, G² ${decimal(contrast.logLikelihood)}`;
  return `${frequencyInWords(contrast, a, b)} (${sign}): ${chance(contrast.logLikelihood)}.`;
}

function frequencyInWords({ logRatio }: Contrast, a: Frequency, b: Frequency): string {
  if (b.matches === 0) return "The term is in A and not in B";
  if (a.matches === 0) return "The term is in B and not in A";
  const times = 2 ** Math.abs(logRatio);
  if (times < 1.05) return "The term is equally frequent in A and in B";
  const [more, less] = logRatio > 0 ? ["A", "B"] : ["B", "A"];
  return `In ${more} the term is ${times >= 10 ? number(Math.round(times)) : decimal(times)} times as frequent as in ${less}`;
}

/** How often chance alone would give such a log-likelihood: Dunning's G² against a chi-squared distribution of one degree of freedom. */
export function chance(logLikelihood: number): string {
  if (logLikelihood >= 15.13) return "chance alone would do so less than once in 10,000 times";
  if (logLikelihood >= 10.83) return "chance alone would do so less than once in 1,000 times";
  if (logLikelihood >= 6.63) return "chance alone would do so less than once in 100 times";
  if (logLikelihood >= 3.84) return "chance alone would do so less than once in 20 times";
  return "the difference may well be chance";
}
