// Whether the matrix scrolls without a stutter with 500 agreements and 100
// concepts. Run by `npm run measure`; it prints figures and judges nothing, for
// they depend on the machine.

import { type CDPSession, test } from "@playwright/test";
import { type Server, startServer } from "../e2e/server";
import { caller } from "./calling";

const agreements = 500;
const concepts = 100;
const tags = 10; // of each agreement

let server: Server;

test.beforeAll(async () => {
  test.setTimeout(30 * 60_000);
  server = await startServer();
  await server.take(
    Array.from({ length: agreements }, (_, n) => ({ name: `harbour-${n}.en.md`, text: agreement(n) })),
  );
  const call = caller(server);
  const made: string[] = [];
  for (let n = 1; n <= concepts; n++) made.push((await call("/api/concepts", { label: `Concept ${n}` })).id);
  for (let n = 0; n < agreements; n++) {
    const { versions } = await call(`/api/documents/harbour-${n}`);
    const { provisions } = await call(`/api/versions/${versions[0].id}`);
    const passages = provisions.filter((one: { passage?: boolean }) => one.passage);
    for (let tag = 0; tag < tags; tag++) {
      const { start, end } = passages[tag % passages.length];
      const targets = [{ start, end: Math.min(end, start + 20) }];
      const chosen = [made[(n * 7 + tag * tag * 3) % concepts]];
      await call("/api/annotations", {
        version: versions[0].id,
        targets,
        concepts: chosen,
        visibility: "public",
      });
    }
  }
});
test.afterAll(() => server.stop());

function agreement(n: number): string {
  const lines = [
    "---",
    `title: "Harbour Agreement ${n}"`,
    "kind: treaty",
    `signed: ${1950 + (n % 70)}`,
    "---",
    "",
  ];
  for (let article = 1; article <= 5; article++) {
    lines.push(
      `## Article ${article} – Of lamps`,
      "",
      `Harbour ${n} keeps ${article} lamps lit at night.`,
      "",
    );
  }
  return lines.join("\n");
}

test("scrolls down and across 500 agreements by 100 concepts", async ({ page }) => {
  test.setTimeout(5 * 60_000);
  await page.goto(`${server.url}/matrix`);
  const grid = page.getByRole("grid", { name: "Concepts by agreements" });
  await grid.waitFor();
  for (const slower of [1, 4]) {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });
    await session.send("Performance.enable");
    for (const axis of ["scrollTop", "scrollLeft"] as const) {
      const before = await busy(session);
      const { frames, worst, late, long, to } = await grid.evaluate(scrolled, axis);
      const worked = (await busy(session)) - before;
      process.stdout.write(
        `processor slowed ${slower} times, ${axis} to ${to}: ${frames} frames, the longest ${worst.toFixed(0)} ms, ${late} over 34 ms, ${long} tasks over 50 ms, ${((worked * 1000) / frames).toFixed(1)} ms of work for a frame\n`,
      );
    }
  }
});

/** How many seconds the page's thread has worked: beside frames, which other work on the machine makes late. */
async function busy(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
}

/** In the page: scrolls for 120 frames, 90 pixels each, and tells how long the frames took. */
async function scrolled(grid: HTMLElement | SVGElement, axis: "scrollTop" | "scrollLeft") {
  let long = 0;
  const watching = new PerformanceObserver((list) => {
    long += list.getEntries().length;
  });
  watching.observe({ type: "longtask" });
  const frame = () => new Promise<number>(requestAnimationFrame);
  grid[axis] = 0;
  await frame();
  const took: number[] = [];
  let before = await frame();
  for (let n = 0; n < 120; n++) {
    grid[axis] += 90;
    const now = await frame();
    took.push(now - before);
    before = now;
  }
  await new Promise((done) => setTimeout(done, 200));
  watching.disconnect();
  return {
    frames: took.length,
    worst: Math.max(...took),
    late: took.filter((ms) => ms > 34).length,
    long,
    to: grid[axis],
  };
}
