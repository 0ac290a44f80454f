// How fast the reader is on a text as long as the longest agreement, with 5,000
// annotations: the budgets of the design. Run by `npm run measure`; it prints
// figures and judges nothing, for they depend on the machine.
//
// GLOSSATOR_MEASURE=DATA:DOCUMENT measures a document of a data folder instead of
// a made-up one.

import { type CDPSession, type Page, test } from "@playwright/test";
import { read, type Server, startServer } from "../e2e/server";
import { caller } from "./calling";

const [data, named] = (process.env.GLOSSATOR_MEASURE ?? "").split(":");
const document = named ?? "measure";
const annotations = 5000;
const rounds = 3;

let server: Server;

test.beforeAll(async () => {
  test.setTimeout(30 * 60_000);
  server = await startServer(data || undefined);
  if (!data) await fill();
});
test.afterAll(() => server.stop());

/** Makes a text of a million characters and annotates it. */
async function fill() {
  await server.take([{ name: "measure.md", text: longText() }]);
  const call = caller(server);
  const concepts: string[] = [];
  for (let n = 1; n <= 12; n++) concepts.push((await call("/api/concepts", { label: `Concept ${n}` })).id);
  const { versions } = await call("/api/documents/measure");
  const version = await call(`/api/versions/${versions[0].id}`);
  const blocks = version.blocks.filter((block: { heading?: boolean }) => !block.heading);
  for (let n = 0; n < annotations; n += 10) {
    const some = Array.from({ length: 10 }, (_, at) => {
      const block = blocks[Math.floor(((n + at) * blocks.length) / annotations)];
      const start = block.start + ((n * 7) % 40);
      const span = { start, end: Math.min(block.end, start + 60 + ((n * 13) % 90)) };
      const concept = concepts[(n + at) % concepts.length];
      return call("/api/annotations", {
        version: version.id,
        targets: [span],
        concepts: [concept],
        visibility: "public",
      });
    });
    await Promise.all(some);
  }
  await read(server.url);
}

/** Articles of ever other words, about a million characters. */
function longText(): string {
  const words =
    "keeper lantern harbour ship storm oil quay pilot bell fog crew cargo oath debt tide mast".split(" ");
  const sentence = (n: number) =>
    `${Array.from({ length: 28 }, (_, at) => words[(n * (at + 3) + at * at) % words.length]).join(" ")} ${n}.`;
  const lines = ["---", 'title: "Agreement on Measures"', "kind: treaty", "language: en", "---", ""];
  for (let article = 1; article <= 500; article++) {
    lines.push(`## Article ${article} – Of the ${words[article % words.length]}`, "");
    for (let n = 1; n <= 11; n++) lines.push(`${n}. ${sentence(article * 11 + n)}`, "");
  }
  return lines.join("\n");
}

/**
 * Notes in the page, in milliseconds after the navigation, when there is text in the window ("readable"), when the
 * annotations on it are drawn ("painted"), by the server or by the app, and when the app has all of both ("whole").
 */
function watch() {
  const seen: Record<string, number> = {};
  Object.assign(window, { seen });
  const { document } = window;
  const highlit = () => [1, 2, 3, 4, 5, 6, 7, 8].some((n) => CSS.highlights.get(`family-${n}`)?.size);
  const there: Record<string, () => boolean> = {
    readable: () => document.querySelector(".sheet p.block") !== null,
    painted: () => document.querySelector(".sheet mark") !== null || highlit(),
    whole: highlit,
  };
  const look = () => {
    for (const [name, is] of Object.entries(there)) {
      if (seen[name] !== undefined || !is()) continue;
      // What is there before a frame is on the screen after it.
      seen[name] = Number.NaN;
      requestAnimationFrame(() => {
        seen[name] = performance.now();
      });
    }
    if (seen.whole === undefined) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function slow(page: Page, processor: number): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const throughput = 10_000_000 / 8;
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 40,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: processor });
  return session;
}

/** Waits until the app has drawn everything. */
async function whole(page: Page) {
  const drawn = () => Number((window as unknown as { seen: Record<string, number> }).seen.whole) > 0;
  await page.waitForFunction(drawn, undefined, { timeout: 60_000 });
}

const middle = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

for (const processor of [1, 4]) {
  test(`opens over 10 Mbit/s and 40 ms, the processor slowed ${processor} times`, async ({ browser }) => {
    test.setTimeout(10 * 60_000);
    const figures: Record<string, number[]> = { first: [], readable: [], painted: [], whole: [] };
    for (let round = 0; round <= rounds; round++) {
      const context = await browser.newContext();
      const page = await context.newPage();
      await page.addInitScript(watch);
      await slow(page, processor);
      await page.goto(`${server.url}/read/${document}`, { waitUntil: "commit" });
      await whole(page);
      const found = await page.evaluate(() => ({
        first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
        ...(window as unknown as { seen: Record<string, number> }).seen,
      }));
      // The first round warms the server.
      if (round > 0) for (const [name, value] of Object.entries(found)) figures[name]?.push(value);
      await context.close();
    }
    for (const [name, values] of Object.entries(figures)) {
      process.stdout.write(
        `${name}: ${Math.round(middle(values))} ms, of ${values.map(Math.round).join(", ")}\n`,
      );
    }
  });
}

test("paints 500 and 5,000 annotations, a selection, a step by key", async ({ page }) => {
  test.setTimeout(5 * 60_000);
  await page.addInitScript(watch);
  await page.goto(`${server.url}/read/${document}`);
  await whole(page);
  await page.waitForTimeout(2000);
  const figures = await page.evaluate(measured);
  for (const [name, value] of Object.entries(figures))
    process.stdout.write(`${name}: ${value.toFixed(1)} ms\n`);
});

/** In the page: how long things take until the frame after them. */
async function measured(): Promise<Record<string, number>> {
  const frame = () => new Promise<number>(requestAnimationFrame);
  const settled = async () => {
    await frame();
    await new Promise((done) => setTimeout(done));
    return performance.now();
  };
  const time = async (act: () => void) => {
    await settled();
    const before = performance.now();
    act();
    return (await settled()) - before;
  };
  const names = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => `family-${n}`);
  const all = names.flatMap((name) => [...(CSS.highlights.get(name) ?? [])]);
  const paint = (many: number) =>
    time(() => {
      for (const name of names) CSS.highlights.delete(name);
      const sets = names.map(() => new Highlight());
      all.slice(0, many).forEach((range, at) => {
        const { startContainer, startOffset, endContainer, endOffset } = range;
        sets[at % 8]?.add(new StaticRange({ startContainer, startOffset, endContainer, endOffset }));
      });
      names.forEach((name, at) => {
        CSS.highlights.set(name, sets[at] as Highlight);
      });
    });
  const best = async (act: () => Promise<number>) => {
    const values: number[] = [];
    for (let n = 0; n < 7; n++) values.push(await act());
    return values.sort((a, b) => a - b)[3] ?? 0;
  };
  const press = (key: string) =>
    time(() => void window.document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true })));
  const blocks = [...window.document.querySelectorAll<HTMLElement>(".sheet p.block")];
  let nth = 0;
  const select = () =>
    new Promise<number>((done) => {
      const text = blocks[nth++ % 6]?.firstChild as Text;
      const before = performance.now();
      const look = () =>
        CSS.highlights.has("selection-draft")
          ? done(performance.now() - before)
          : requestAnimationFrame(look);
      getSelection()?.setBaseAndExtent(text, 2, text, Math.min(30, text.length));
      text.parentElement?.dispatchEvent(
        new PointerEvent("pointerup", { bubbles: true, pointerType: "mouse" }),
      );
      requestAnimationFrame(look);
    });
  const leave = async () => {
    getSelection()?.removeAllRanges();
    await press("Escape");
    await settled();
  };
  const result: Record<string, number> = {
    "paint 500": await best(() => paint(500)),
    [`paint ${all.length}`]: await best(() => paint(all.length)),
    "a step to the next paragraph": await best(() => press("j")),
    "a step to the next article": await best(() => press("]")),
    "a step to the next annotation": await best(() => press(".")),
  };
  result["selection to highlight"] = await best(async () => {
    await leave();
    return select();
  });
  return result;
}
