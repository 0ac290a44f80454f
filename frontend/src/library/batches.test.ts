import { describe, expect, test } from "vitest";
import { largest, mostBytes, mostFiles, type Picked, planOf } from "./batches";

function picked(path: string, size = 10): Picked {
  const file = new File(["x"], path.split("/").at(-1) ?? path);
  Object.defineProperty(file, "size", { value: size });
  return { path, file };
}

const paths = (files: readonly Picked[]) =>
  planOf(files).batches.map((batch) => batch.files.map((one) => one.path));

describe("a plan of requests", () => {
  test("nothing picked needs none", () => {
    expect(planOf([])).toEqual({ batches: [], tooLarge: [] });
  });

  test("takes a few files at a time and leaves none out", () => {
    const files = Array.from({ length: 2 * mostFiles + 1 }, (_, i) => picked(`a/${i}.md`));
    const batches = paths(files);
    expect(batches.map((batch) => batch.length)).toEqual([mostFiles, mostFiles, 1]);
    expect(batches.flat()).toEqual(files.map((one) => one.path));
  });

  test("keeps a request small; a large file goes alone", () => {
    expect(
      paths([
        picked("a", mostBytes - 5),
        picked("b", 5),
        picked("c", 5),
        picked("d", mostBytes + 1),
        picked("e", 5),
      ]),
    ).toEqual([["a", "b"], ["c"], ["d"], ["e"]]);
  });

  test("what no request can carry is told", () => {
    const plan = planOf([picked("small.md"), picked("huge.txt", largest + 1)]);
    expect(plan.tooLarge.map((one) => one.path)).toEqual(["huge.txt"]);
    expect(plan.batches).toHaveLength(1);
  });

  test("sends the nearest manifest along and imports neither it nor hidden files", () => {
    const cyber = picked("all/cyber/manifest.json");
    const all = picked("all/manifest.json");
    const plan = planOf([
      cyber,
      picked("all/cyber/a.md"),
      picked("all/cyber/.DS_Store"),
      picked("all/cyber/deep/b.md"),
      picked("all/tota/c.xml"),
      all,
      picked("d.md"),
    ]);
    expect(plan.batches.map(({ files, manifest }) => [files.map((one) => one.path), manifest])).toEqual([
      [["all/cyber/a.md", "all/cyber/deep/b.md"], cyber.file],
      [["all/tota/c.xml"], all.file],
      [["d.md"], undefined],
    ]);
  });
});
