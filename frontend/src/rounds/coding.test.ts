import { expect, it } from "vitest";
import { inRound } from "./coding";

const body = { version: "v", note: "n", visibility: "public" as const };

it("makes annotations in the round of the address, for their coder alone", () => {
  expect(inRound(body, "?version=v&round=r")).toEqual({ ...body, round: "r", visibility: "private" });
});
it("leaves annotations elsewhere and replies as they are", () => {
  expect(inRound(body, "?version=v")).toBe(body);
  const reply = { note: "n", replyTo: "x" };
  expect(inRound(reply, "?round=r")).toBe(reply);
});
