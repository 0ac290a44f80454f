import type { Annotation, Provision, Version } from "./edition";

/** A line of a made-up version: [provision id, text, how deep a point is indented]. */
type Line = [provision: string, text: string, indent?: number];

/**
 * A version for tests. A provision's id says what it is: "ch1" and "art1" have a heading as their first line and
 * "art1.2.a" is inside of "art1.2", "art1" and the last chapter.
 */
export function versionOf(lines: Line[]): Version {
  const provisions: Provision[] = [];
  const blocks: Version["blocks"] = [];
  let start = 0;
  let chapter = -1;
  for (const [id, text, indent = 0] of lines) {
    const end = start + [...text].length;
    let index = provisions.findIndex((provision) => provision.id === id);
    const heading = index < 0 && /^[a-z]+\d+$/.test(id) && !id.startsWith("para");
    if (index < 0) {
      const parent = provisions.findIndex((provision) => provision.id === id.replace(/\.[^.]+$/, ""));
      index = provisions.push(made(id, heading ? text : "", parent < 0 ? chapter : parent, start)) - 1;
      if (id.startsWith("ch")) {
        chapter = index;
        (provisions[index] as Provision).parent = -1;
      }
    }
    blocks.push({ start, end, provision: index, ...(heading && { heading }), ...(indent && { indent }) });
    for (let at = index; at >= 0; at = provisions[at]?.parent ?? -1) (provisions[at] as Provision).end = end;
    start = end + 1;
  }
  return {
    id: "v1",
    document: "made-up",
    number: 1,
    language: "en",
    source: "made-up.md",
    format: "markdown",
    imported: 0,
    text: lines.map(([, text]) => text).join("\n"),
    blocks,
    provisions,
    pages: [],
  };
}

function made(id: string, title: string, parent: number, start: number): Provision {
  const number = id.match(/[\da-z]+$/)?.[0].replace(/^\D+(?=\d)/, "") ?? "";
  const kind = id.includes(".")
    ? "paragraph"
    : id.startsWith("ch")
      ? "chapter"
      : id.startsWith("art")
        ? "article"
        : "paragraph";
  const passage = kind === "article" || id.startsWith("para");
  const heading = title.split(" – ")[1] ?? "";
  return { id, kind, number, heading, parent, passage, pinpoint: id, label: title || id, start, end: start };
}

let serial = 0;

/** An annotation on a stretch of a version, in code points. */
export function annotationOn(
  version: Version,
  start: number,
  end: number,
  part: Partial<Annotation> = {},
): Annotation {
  const exact = [...version.text].slice(start, end).join("");
  const target = { start, end, exact, prefix: "", suffix: "" };
  const id = `made${++serial}`;
  return {
    id,
    root: id,
    document: version.document,
    version: version.id,
    target,
    passage: "art1",
    pinpoint: "art. 1",
    concepts: [],
    note: "A note.",
    visibility: "private",
    creator: { id: "u1", name: "Ana" },
    created: 0,
    modified: 0,
    number: serial,
    editable: true,
    placement: { version: version.id, state: "same", target, passage: "art1" },
    ...part,
  };
}
