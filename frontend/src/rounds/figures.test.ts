import { describe, expect, it } from "vitest";
import { coders, coefficient, progress, share } from "./figures";
import type { Round } from "./queries";

describe("figures in words", () => {
  it("writes shares and coefficients", () => {
    expect(share({ value: 0.8333 })).toBe("83.3 %");
    expect(coefficient({ value: 0.7434 })).toBe("0.743");
    expect(coefficient({ value: -0.5 })).toBe("−0.500");
  });
  it("says why there is none", () => {
    expect(coefficient({ undefined: "no variation" })).toBe("not defined: nothing varies");
    expect(share({ undefined: "no units" })).toBe("nothing to compare");
  });
});

const coder = (name: string, finished: number) => ({ id: name, name, finished, own: false });

describe("how far a round has come", () => {
  const round = {
    documents: [
      { id: "a", title: "A", version: "1", coders: [coder("Cy", 1), coder("Al", 0)] },
      { id: "b", title: "B", version: "2", coders: [coder("Cy", 0)] },
    ],
  } as unknown as Round;
  it("counts what is assigned and what is finished", () => {
    expect(progress(round)).toEqual({ assigned: 3, finished: 1 });
  });
  it("counts by person, in the order of their names", () => {
    expect(coders(round)).toEqual([
      { id: "Al", name: "Al", assigned: 1, finished: 0 },
      { id: "Cy", name: "Cy", assigned: 2, finished: 1 },
    ]);
  });
});
