// The text that is in the page before the app runs: it is read without scripts, shows what is annotated, and keeps
// its place when the app takes over.

import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, openReader, picture, select, setUp, tag } from "./people";
import { type Server, startServer } from "./server";

const articles = Array.from(
  { length: 60 },
  (_, at) => `## Article ${at + 1} – Of the quay, part ${at + 1}

1. The keeper of quay ${at + 1} shall count the ships that lie there at dusk, and tell the pilots of that number before the tide turns.

2. A ship that came by night is counted at quay ${at + 1} on the morrow.
`,
);

let server: Server;
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000);
  server = await startServer();
  await server.take([
    {
      name: "quays.md",
      text: `---\ntitle: Accord on Quays\nkind: treaty\nlanguage: en\n---\n\n${articles.join("\n")}`,
    },
  ]);
  const page = await browser.newPage();
  await setUp(page, server.setup, "Ada");
  await openReader(page, `${server.url}/read/quays`);
  await select(page, "tell the pilots of that number");
  await page.keyboard.press("t");
  await tag(page, "duty to report", "", "public");
  await page.close();
});
test.afterAll(() => server.stop());

const fourth = (page: Page) =>
  page.getByText("A ship that came by night is counted at quay 4 on the morrow.");

test("a text is read without scripts", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${server.url}/read/quays`);
  await expect(page).toHaveTitle("Accord on Quays · Glossator");
  await expect(page.getByRole("heading", { level: 1, name: "Accord on Quays" })).toBeVisible();
  await expect(
    page.getByRole("heading", { level: 2, name: "Article 3 – Of the quay, part 3" }),
  ).toBeVisible();
  await expect(page.locator("mark")).toHaveText("tell the pilots of that number");
  await page.goto(`${server.url}/read/quays?at=art30`);
  await expect(page.getByRole("main")).toContainText("The keeper of quay 30");
  await expect(page.getByRole("main")).not.toContainText("The keeper of quay 29");
  await context.close();
});

test("the text stands until the app has it, and stays in its place", async ({ page }) => {
  let give = () => {};
  const given = new Promise<void>((done) => {
    give = done;
  });
  await page.route("**/api/versions/*", async (route) => {
    await given;
    await route.continue();
  });
  await page.goto(`${server.url}/read/quays`);
  // The header is the app's by now, the text still the server's.
  await expect(page.getByRole("button", { name: "Help and keys" })).toBeVisible();
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect(page.locator(".host")).toHaveCount(0);
  await expect(fourth(page)).toBeVisible();
  await accessible(page);
  await picture(page, "prerendered");
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "prerendered-narrow");
  await page.setViewportSize({ width: 1440, height: 900 });
  await fourth(page).evaluate((block) =>
    window.scrollTo(0, block.getBoundingClientRect().top + scrollY - 300),
  );
  const before = await fourth(page).boundingBox();
  give();
  await expect(page.locator(".host")).toBeVisible();
  await expect(page.getByRole("main")).toHaveCount(1);
  await expect
    .poll(async () => Math.abs(((await fourth(page).boundingBox())?.y ?? 0) - (before?.y ?? 0)))
    .toBeLessThan(3);
});

test("the text of one document does not stand in for another", async ({ page }) => {
  await page.route("**/api/versions/*", () => undefined);
  await page.goto(`${server.url}/read/quays`);
  await expect(fourth(page)).toBeVisible();
  await page.getByRole("link", { name: "Library", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Library" })).toBeVisible();
  await expect(fourth(page)).toHaveCount(0);
  await page.goBack();
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "true");
});
