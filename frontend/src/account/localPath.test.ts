import { expect, test } from "vitest";
import { localPath } from "./localPath";

test.each([
  [undefined, "/"],
  ["", "/"],
  ["/saved", "/saved"],
  ["/search?q=a+b&kind=treaty#x", "/search?q=a+b&kind=treaty#x"],
  ["https://elsewhere.example/", "/"],
  ["//elsewhere.example/", "/"],
  ["/\\elsewhere.example", "/"],
  ["javascript:alert(1)", "/"],
])("%s leads to %s", (address, path) => {
  expect(localPath(address)).toBe(path);
});
