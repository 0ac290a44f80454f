import { beforeEach, describe, expect, test } from "vitest";
import { isPinned, mostPins, pinAddress, pinned, readPin, setPins, togglePin } from "./tray";

const pin = (n: number) => ({ version: `v${n}`, provision: "art9/a", name: `Agreement ${n}, art. 9` });

describe("the tray", () => {
  beforeEach(() => localStorage.clear());

  test("keeps what is pinned, in order, and takes it out again", () => {
    expect(togglePin(pin(1))).toContain("Pin another");
    expect(togglePin(pin(2))).toContain("2 to compare");
    expect(pinned().map((one) => one.version)).toEqual(["v1", "v2"]);
    expect(isPinned("v1", "art9/a")).toBe(true);
    expect(togglePin(pin(1))).toContain("No longer");
    expect(pinned()).toEqual([pin(2)]);
  });

  test("holds no more than can stand side by side", () => {
    setPins([1, 2, 3, 4, 5, 6].map(pin));
    expect(togglePin(pin(7))).toContain("as many as can be compared");
    expect(pinned()).toHaveLength(mostPins);
  });

  test.each(["{", "7", '[{"version": 1}]'])("makes nothing of %s", (written) => {
    localStorage.setItem("pins", written);
    expect(pinned()).toEqual([]);
  });

  test("is written into the address", () => {
    expect(readPin(pinAddress(pin(1)))).toEqual({ version: "v1", provision: "art9/a" });
    for (const wrong of ["", "v1", "/art9", "v1/"]) expect(readPin(wrong)).toBeUndefined();
  });
});
