import { expect, test } from "vitest";
import { pageNumbers } from "./pageNumbers";

test.each([
  [1, 1, [1]],
  [1, 3, [1, 2, 3]],
  [1, 9, [1, 2, 3, -9, 9]],
  [5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  [10, 20, [1, -8, 8, 9, 10, 11, 12, -20, 20]],
  [20, 20, [1, -18, 18, 19, 20]],
])("page %i of %i offers %j", (here, last, pages) => {
  expect(pageNumbers(here, last)).toEqual(pages);
});
