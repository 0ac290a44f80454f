import { describe, expect, it } from "vitest";
import { Deeds } from "./undo";

describe("Deeds", () => {
  it("gives back the last deed first, each once", () => {
    const deeds = new Deeds();
    deeds.add({ kind: "created", id: "a" });
    deeds.add({ kind: "deleted", id: "b" });
    expect(deeds.take()).toEqual({ kind: "deleted", id: "b" });
    expect(deeds.take()).toEqual({ kind: "created", id: "a" });
    expect(deeds.take()).toBeUndefined();
  });
  it("forgets the oldest beyond a hundred", () => {
    const deeds = new Deeds();
    for (let at = 0; at <= 100; at++) deeds.add({ kind: "created", id: String(at) });
    let last: unknown;
    for (let deed = deeds.take(); deed; deed = deeds.take()) last = deed;
    expect(last).toEqual({ kind: "created", id: "1" });
  });
});
