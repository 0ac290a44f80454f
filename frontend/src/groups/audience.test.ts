import { expect, test } from "vitest";
import { type Audience, audienceOf, optionOf } from "./audience";

test.each<[Audience, string]>([
  [{ visibility: "private" }, "private"],
  [{ visibility: "public" }, "public"],
  [{ visibility: "group", group: "abc" }, "group:abc"],
])("%j is the option %s", (audience, value) => {
  expect(optionOf(audience)).toBe(value);
  expect(audienceOf(value)).toEqual(audience);
});

test("what is no option is private", () => {
  expect(audienceOf("")).toEqual({ visibility: "private" });
});
