import { one, several } from "../app/address";
import { mostPins, readPin } from "./tray";

/** How the texts are shown, if not with all their differences. */
export const showings = ["plain", "changed"] as const;
export type Showing = (typeof showings)[number];

/** The state of the comparison, which is its address. */
export interface CompareAddress {
  /** What stands side by side: pinAddress of each. */
  p?: string[];
  /** Which of them the others are compared with; the first, if it is left out. */
  base?: number;
  show?: Showing;
}

/** Reads an address; what is not valid is left out, and so is what is at its default. */
export function readCompare(params: Record<string, unknown>): CompareAddress {
  const address: CompareAddress = {};
  const sides = several(params.p)
    .filter((side) => readPin(side))
    .slice(0, mostPins);
  if (sides.length > 0) address.p = sides;
  const base = Number(one(params.base));
  if (Number.isInteger(base) && base > 0 && base < sides.length) address.base = base;
  const show = showings.find((known) => known === one(params.show));
  if (show) address.show = show;
  return address;
}

/** The address with a side more, at the end; as it is, if it is there or there is no room. */
export function withSide(address: CompareAddress, side: string): CompareAddress {
  const sides = address.p ?? [];
  if (sides.includes(side) || sides.length === mostPins) return address;
  return { ...address, p: [...sides, side] };
}

/** The address without a side; the baseline stays what it was, or is the first if it was that. */
export function withoutSide(address: CompareAddress, side: string): CompareAddress {
  const sides = address.p ?? [];
  const baseline = sides[address.base ?? 0];
  const left = sides.filter((other) => other !== side);
  const base = baseline === undefined ? -1 : left.indexOf(baseline);
  return { ...address, p: left.length > 0 ? left : undefined, base: base > 0 ? base : undefined };
}
