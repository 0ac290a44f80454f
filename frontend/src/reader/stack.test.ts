import { describe, expect, it } from "vitest";
import { stack } from "./stack";

const card = (wish: number, height = 40) => ({ wish, height });

describe("stack", () => {
  it("leaves cards with room where they wish to be", () => {
    expect(stack([card(0), card(100)])).toEqual([0, 100]);
  });
  it("moves a card down that would cover another", () => {
    expect(stack([card(0), card(10), card(60), card(300)])).toEqual([0, 48, 96, 300]);
  });
  it("keeps the pinned card at its wish and moves those before it up", () => {
    expect(stack([card(0), card(10), card(20), card(30)], 2)).toEqual([-76, -28, 20, 68]);
  });
  it("moves nothing up that is out of the way of the pinned card", () => {
    expect(stack([card(0), card(200)], 1)).toEqual([0, 200]);
  });
  it("takes none", () => {
    expect(stack([])).toEqual([]);
  });
});
