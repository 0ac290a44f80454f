// The story that must always work, on the real corpora: a researcher imports
// agreements and commentary, searches, reads, tags, finds by text and tag, saves
// and shares; a colleague opens the link and is told what is new.

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { accessible, groupOf, marked, picture, search, select, setUp, tag } from "./people";
import { corpusFiles, read, type Server, shared, startServer } from "./server";

test.describe.configure({ mode: "serial" });
test.skip(shared === null, "needs the corpora beside the repository");
test.setTimeout(300_000);

let server: Server;
let context: BrowserContext;
let page: Page;
let link: string;

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  context = await browser.newContext({ baseURL: server.url });
  page = await context.newPage();
});

test.afterAll(async () => {
  await context.close();
  await server.stop();
});

test("1: reads at once, without an account", async () => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await picture(page, "1-start");
  await accessible(page);
  await search(page, "collective defence");
  const nato = groupOf(page, /Wales Summit/);
  await expect(nato).toContainText("Digest – our summary, not the official text");
  await nato.locator("li.hit a").first().click();
  await expect(page.getByRole("main")).toContainText("Digest");
  await picture(page, "1-digest");
});

test("2: imports the corpora and sees how far it is", async () => {
  await setUp(page, server.setup, "Irnerius");
  await page.goto("/library");
  for (const [name, files] of [
    ["cyber", 86],
    ["tota", 450],
  ] as const) {
    await page.getByLabel("Files to import").setInputFiles(corpusFiles(name));
    await expect(page.getByRole("progressbar", { name: "Files imported" })).toBeVisible();
    if (name === "tota") await picture(page, "2-importing");
    await expect(page.getByRole("heading", { name: "Import finished" })).toBeVisible({ timeout: 240_000 });
    const report = page.getByRole("region", { name: "What became of each file" });
    await expect(report.getByRole("row")).toHaveCount(files + 1);
    await expect(report.getByRole("cell", { name: "refused", exact: true })).toHaveCount(0);
    if (name === "tota") await picture(page, "2-imported");
    await accessible(page);
    await page.getByRole("button", { name: "Close report" }).click();
  }
  await read(server.url);
});

test("3: finds a phrase, grouped by agreement, and narrows it", async () => {
  await search(page, '"information security"');
  const sco = groupOf(page, /Shanghai|SCO/).first();
  await expect(sco.locator("mark").first()).toHaveText(/information security/i);
  for (const mark of await page.locator("li.hit mark").allTextContents()) {
    expect(mark.toLowerCase()).toBe("information security");
  }
  await picture(page, "3-found");
  await accessible(page);

  const filters = page.getByRole("complementary", { name: "Filters" });
  await filters.getByRole("checkbox", { name: /declaration/ }).check();
  await page.getByLabel("First year").fill("2010");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/kind=/);
  await expect(page).toHaveURL(/year=2010/);
  const narrowed = await page.locator(".grp").count();
  expect(narrowed).toBeGreaterThan(0);
  await picture(page, "3-narrowed");
});

test("3: compares in the concordance how the phrase is used", async () => {
  await search(page, '"information security"');
  await page.getByRole("link", { name: "Concordance" }).click();
  const lines = page.getByRole("table", { name: /Concordance/ }).getByRole("row");
  await expect(lines.nth(1)).toContainText(/information security/i);
  await page.getByLabel("Sort").selectOption("right");
  await expect(async () => {
    const right = await page.locator("td.right").allTextContents();
    expect(right.length).toBeGreaterThan(10);
    const words = right.map((text) => text.toLowerCase().match(/[\p{L}\p{N}]+/u)?.[0] ?? "");
    expect(words).toEqual([...words].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  }).toPass();
  await picture(page, "3-concordance");
  await accessible(page);
});

test("4: opens hits in their place and tags what they say", async () => {
  await search(page, '"information security" kind:commentary');
  await groupOf(page, /Russia-China cybersecurity agreement/)
    .locator("li.hit a")
    .first()
    .click();
  await expect(page).toHaveURL(/\/read\//);
  await marked(page);
  await picture(page, "4-reader");
  await select(page, "Media reports indicate that the treaty would allow Russia and China to develop");
  await picture(page, "4-composer");
  await tag(page, "content regulation", "What *information security* reaches beyond systems.", "public");
  await expect(page.locator("[role=comment]")).toContainText("content regulation");
  await picture(page, "4-tagged");
  await accessible(page);

  await search(page, "racist xenophobic material title:additional art:3");
  await groupOf(page, /Additional Protocol/)
    .locator("li.hit a")
    .first()
    .click();
  await expect(page).toHaveURL(/\/read\//);
  await marked(page);
  await select(page, "racist and xenophobic material to the public through a computer system");
  await tag(page, "First Amendment conflict", "", "private");
  await expect(page.locator("[role=comment]").first()).toContainText("First Amendment conflict");

  await search(page, '"core task of collective defence"');
  await page.locator("li.hit a").first().click();
  await marked(page);
  await select(page, "We affirm therefore that cyber defence is part of NATO");
  await tag(page, "collective defence", "", "public");
  await expect(page.locator("[role=comment]").first()).toContainText("collective defence");
});

test("5: searches text and tags in one query", async () => {
  const query = 'concept:"content regulation" AND (moral OR xenophobic)';
  await expect
    .poll(async () => {
      const found = await page.request.get("/api/search", { params: { q: query } });
      return (await found.json()).passages;
    })
    .toBe(2); // with what is narrower than the concept
  await search(page, query);
  await expect(page.getByRole("status").filter({ hasText: "2 passages in 2 documents" })).toBeVisible();
  await expect(page.locator("li.hit .chip").filter({ hasText: "First Amendment conflict" })).toHaveCount(1);
  const hit = page.locator("li.hit", { has: page.locator(".chip", { hasText: "content regulation" }) });
  await expect(hit.locator("mark").first()).toHaveText("moral");
  await expect(hit.locator(".chip")).toHaveText("content regulation");
  await picture(page, "5-text-and-tags");
});

test("7: saves and shares; a colleague sees the same query over what they may see", async ({ browser }) => {
  await search(page, 'concept:"First Amendment conflict" OR concept:"content regulation"');
  await expect(page.getByRole("status").filter({ hasText: "2 passages" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /Save search/ }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Speech and security");
  await page.getByRole("dialog").getByRole("button", { name: "Save search" }).click();
  await page.getByRole("link", { name: "Go to Saved" }).click();
  await expect(page.getByRole("region", { name: "Speech and security" })).toContainText("2 passages");
  await accessible(page);
  await page.getByRole("button", { name: "Share Speech and security" }).click();
  await page.getByRole("button", { name: "Create link" }).click();
  link = await page.getByLabel("Link", { exact: true }).inputValue();
  await picture(page, "7-shared");

  const colleague = await browser.newContext({ baseURL: server.url });
  const theirs = await colleague.newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole("region", { name: "Shared search" })).toContainText("Irnerius");
  await expect(theirs.getByRole("status").filter({ hasText: "1 passage in 1 document" })).toBeVisible();
  await expect(theirs.locator("li.hit .chip")).toHaveText(["content regulation"]);
  await expect(theirs.getByRole("complementary", { name: "Filters" })).not.toContainText("First Amendment");
  await picture(theirs, "7-colleague");
  await accessible(theirs);
  await colleague.close();
});

test("7: the feed tells of what a new agreement brings, once", async () => {
  await page.goto("/search?q=%22moral+panic%22+OR+%22information+security%22+title%3Ariver");
  await page.getByRole("button", { name: /Save search/ }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Rivers");
  await page.getByRole("dialog").getByRole("button", { name: "Save search" }).click();
  await page.getByRole("link", { name: "Go to Saved" }).click();
  await page.getByRole("button", { name: "Share Rivers" }).click();
  await page.getByRole("button", { name: "Create link" }).click();
  const feed = await page.getByLabel(/Feed of what is new/).inputValue();
  const entries = async () => (await (await page.request.get(feed)).text()).split("<entry>").length - 1;
  expect(await entries()).toBe(1); // the search itself

  const text =
    "# Agreement on the River\n\n## Article 1\n\nThe parties look after information security on the river.\n";
  await page.goto("/library");
  for (const name of ["river.md", "river.md"]) {
    await page
      .getByLabel("Files to import")
      .setInputFiles({ name, mimeType: "text/markdown", buffer: Buffer.from(text) });
    await expect(page.getByRole("heading", { name: "Import finished" })).toBeVisible();
    await page.getByRole("button", { name: "Close report" }).click();
    await expect.poll(entries).toBe(2);
  }
  expect(await (await page.request.get(feed)).text()).toContain("Agreement on the River");
});

test("7: a revoked link leads nowhere", async ({ browser }) => {
  await page.goto("/saved");
  await page.getByRole("button", { name: "Share Speech and security" }).click();
  await page.getByRole("button", { name: /Revoke the link/ }).click();
  await page.getByRole("button", { name: "Revoke for good" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: /, revoked/ })).toBeVisible();
  const colleague = await browser.newContext({ baseURL: server.url });
  const theirs = await colleague.newPage();
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: "This link leads nowhere" })).toBeVisible();
  await colleague.close();
});
