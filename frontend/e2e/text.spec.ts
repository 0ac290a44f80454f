// The invariant that everything else stands on: what the reader shows of a version is its text, block by
// block and code point by code point, and what it marks is what was found.

import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { corpusFiles, read, type Server, shared, startServer } from "./server";

test.skip(shared === null, "needs the corpora beside the repository");
test.setTimeout(300_000);

let server: Server;

/** Of each document, its title and its versions. */
type Held = { id: string; title: string; versions: { id: string; language: string }[] };

/** The longest of the trade agreements, and others from the first to the last. */
function someOfTota(): string[] {
  const files = corpusFiles("tota").sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const longest = files.filter((file) => /pta_(449|450)\.xml$/.test(file));
  const step = Math.floor(files.length / 28);
  const others = files.filter((file, i) => i % step === 0 && !longest.includes(file));
  return [...longest, ...others.slice(0, 28)];
}

test.beforeAll(async () => {
  server = await startServer();
  server.run(["import", join(shared ?? "", "corpus/cyber"), ...someOfTota()]);
  await read(server.url);
});
test.afterAll(async () => {
  await server.stop();
});

async function held(page: Page): Promise<Held[]> {
  const found: Held[] = [];
  for (let number = 1; ; number++) {
    const answer = await page.request.get(`${server.url}/api/documents?size=200&page=${number}`);
    const { documents, total } = await answer.json();
    for (const { id } of documents) {
      found.push(await (await page.request.get(`${server.url}/api/documents/${id}`)).json());
    }
    if (documents.length === 0 || found.length >= total) return found;
  }
}

/** Opens a version and waits until its text is there. */
async function open(page: Page, document: string, version: string, q?: string) {
  const params = new URLSearchParams({ version, ...(q && { q }) });
  await page.goto(`${server.url}/read/${document}?${params}`);
  await page.locator(".host .block").first().waitFor({ state: "attached" });
}

/** What is wrong with the blocks on the screen, in words; nothing if they are the version's. */
function wrongBlocks(page: Page, version: string): Promise<string[]> {
  return page.evaluate(async (id) => {
    const { text, blocks } = await (await fetch(`/api/versions/${id}`)).json();
    const points: string[] = [...text];
    const shown = [...document.querySelectorAll<HTMLElement>(".host .block")];
    const faults: string[] = [];
    if (shown.length !== blocks.length) faults.push(`${shown.length} blocks of ${blocks.length} are shown`);
    let covered = 0;
    blocks.forEach(({ start, end }: { start: number; end: number }, i: number) => {
      const want = points.slice(start, end).join("");
      const got = shown[i]?.textContent;
      if (got !== want) faults.push(`block ${i}: “${got?.slice(0, 80)}” instead of “${want.slice(0, 80)}”`);
      if (shown[i]?.dataset.start !== String(start)) faults.push(`block ${i} is not at ${start}`);
      const between = points.slice(covered, start).join("");
      if (between.trim() !== "") faults.push(`“${between}” before ${start} is in no block`);
      covered = end;
    });
    const rest = points.slice(covered).join("");
    if (rest.trim() !== "") faults.push(`“${rest}” at the end is in no block`);
    return faults.slice(0, 5);
  }, version);
}

test("every block of every version is its stretch of the text", async ({ page }) => {
  const documents = await held(page);
  const versions = documents.flatMap(({ id, versions }) =>
    versions.map((version) => ({ document: id, version: version.id })),
  );
  expect(versions.length).toBeGreaterThan(116);
  for (const id of ["tota-449", "tota-450"]) expect(documents.map((one) => one.id)).toContain(id);
  const faults: Record<string, string[]> = {};
  for (const { document, version } of versions) {
    await open(page, document, version);
    const wrong = await wrongBlocks(page, version);
    if (wrong.length > 0) faults[`${document} ${version}`] = wrong;
  }
  expect(faults).toEqual({});
});

type Mark = { start: number; text: string };

/** The drawn hits, by where they begin in the version's text, in code points. */
function drawnHits(page: Page): Promise<Mark[]> {
  return page.evaluate(() => {
    const marks = [...(CSS.highlights.get("hit") ?? [])].map((range) => {
      const live = document.createRange();
      live.setStart(range.startContainer, range.startOffset);
      live.setEnd(range.endContainer, range.endOffset);
      const block = range.startContainer.parentElement?.closest<HTMLElement>(".block");
      const before = document.createRange();
      before.selectNodeContents(block as Node);
      before.setEnd(range.startContainer, range.startOffset);
      return { start: Number(block?.dataset.start) + [...before.toString()].length, text: live.toString() };
    });
    return marks.sort((a, b) => a.start - b.start);
  });
}

/** What the contract says is found in a version. */
async function matched(page: Page, version: string, q: string): Promise<Mark[]> {
  const api = `${server.url}/api/versions/${encodeURIComponent(version)}`;
  const { passages } = await (await page.request.get(`${api}/matches`, { params: { q } })).json();
  const points: string[] = [...(await (await page.request.get(api)).json()).text];
  return passages
    .flatMap((passage: { spans: { start: number; end: number }[] }) => passage.spans)
    .map(({ start, end }: { start: number; end: number }) => ({
      start,
      text: points.slice(start, end).join("").replaceAll("\n", ""),
    }))
    .sort((a: Mark, b: Mark) => a.start - b.start);
}

for (const q of ['"information security"', "cyber* AND (state OR attack)", "goods origin NOT services"]) {
  test(`the marks of ${q} are the matches`, async ({ page }) => {
    const found = await page.request.get(`${server.url}/api/search`, { params: { q, size: 8, hits: 1 } });
    const { groups } = await found.json();
    expect(groups.length).toBeGreaterThan(1);
    for (const { document, hits } of groups) {
      const version = hits[0].version;
      const want = await matched(page, version, q);
      expect(want.length).toBeGreaterThan(0);
      await open(page, document.id, version, q);
      await expect.poll(() => page.evaluate(() => CSS.highlights.get("hit")?.size)).toBe(want.length);
      expect(await drawnHits(page), document.id).toEqual(want);
    }
  });
}
