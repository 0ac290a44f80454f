// A lawyer types or pastes citations into the search box and is led to what they cite, or told what is not there.

import { readFileSync } from "node:fs";
import { expect, test } from "@playwright/test";
import { accessible, fits, picture } from "./people";
import { read, type Server, startServer } from "./server";

let server: Server;

test.beforeAll(async () => {
  server = await startServer();
  await read(server.url);
});
test.afterAll(async () => {
  await server.stop();
});

const at = (query: string) => `${server.url}/search?q=${encodeURIComponent(query)}`;

test("one citation leads to its provision", async ({ page }) => {
  await page.goto(server.url);
  const box = page.getByLabel("Search agreements and commentary");
  await box.fill("Budapest art 32(b)");
  await box.press("Enter");
  const card = page.getByRole("region", { name: "Citation: Budapest Convention (digest), art. 32(b)" });
  await expect(card).toContainText("Digest – our summary, not the official text");
  await accessible(page);
  await picture(page, "citation-one");

  // Its link is the first thing one comes to in the results.
  await page.locator("#main").focus();
  await page.keyboard.press("Tab");
  await expect(card.getByRole("link")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/read\/digest-coe-ets185-budapest-convention\?at=art32\.b/);
  await expect(page.getByRole("heading", { name: /Article 32/ })).toBeVisible();
});

test("a document alone, by its number", async ({ page }) => {
  await page.goto(at("A/RES/79/243"));
  const card = page.getByRole("region", { name: /^Citation: UN Convention against Cybercrime/ });
  await expect(card.getByRole("link")).toHaveAttribute("href", /digest-un-cybercrime-convention-2024$/);
});

test("what is not there is said", async ({ page }) => {
  await page.goto(at("Budapest art 32(z)"));
  const part = page.getByRole("region", { name: /^Citation: Budapest Convention.*art. 32$/ });
  await expect(part).toContainText("Art. 32 has no (z); it has (a) and (b).");
  await accessible(page);
  await picture(page, "citation-partial");

  await page.goto(at("Budapest art 99"));
  await expect(page.getByText(/has no article 99; it has articles 1 to 48/)).toBeVisible();

  await page.goto(at("Atlantis Convention art 5"));
  const unknown = page.getByRole("region", { name: "Citation: not found here" });
  await expect(unknown).toContainText("No document is called “Atlantis Convention”.");
  await picture(page, "citation-unknown");
});

test("what is ambiguous lists what may be meant", async ({ page }) => {
  await page.goto(at("Code of Conduct art 2"));
  const card = page.getByRole("region", { name: "Citation: several documents may be meant" });
  await expect(card.getByRole("link")).toHaveCount(2);
  await accessible(page);
  await picture(page, "citation-ambiguous");
});

test("an ordinary search stays one", async ({ page }) => {
  for (const query of ["art of war", "child pornography", "article 19 freedom of expression"]) {
    const answered = page.waitForResponse(/\/api\/citations/);
    await page.goto(at(query));
    await answered;
    await expect(
      page
        .getByRole("status")
        .filter({ hasText: /passage/ })
        .first(),
    ).toBeVisible();
    await expect(page.getByRole("region", { name: /citation/i })).toHaveCount(0);
  }
});

test("a pasted list becomes a table that can be taken along", async ({ page }) => {
  await page.goto(server.url);
  const box = page.getByLabel("Search agreements and commentary");
  await box.focus();
  const list =
    "Budapest art 9(2)(a)\nWales declaration para 72\r\n\nBudapest art 99\nAtlantis Convention art 5\nA/RES/79/243";
  await box.evaluate((input, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", text);
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, list);
  await expect(box).toHaveValue(
    "Budapest art 9(2)(a); Wales declaration para 72; Budapest art 99; Atlantis Convention art 5; A/RES/79/243",
  );
  await box.press("Enter");

  const table = page.getByRole("region", { name: "5 citations, 3 found" });
  const row = (name: string) => table.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
  await expect(row("Budapest art 9(2)(a)").getByRole("link")).toHaveText(
    /Budapest Convention.*, art\. 9\(2\)\(a\)/,
  );
  await expect(row("Wales declaration para 72").getByRole("link")).toHaveText(
    /Wales Summit Declaration.*, para\. 72/,
  );
  await expect(row("Budapest art 99")).toContainText("has no article 99");
  await expect(row("Atlantis Convention art 5")).toContainText(
    "No document is called “Atlantis Convention”.",
  );
  await expect(page.getByRole("region", { name: "The query cannot be read" })).toHaveCount(0);
  await accessible(page);
  await picture(page, "citation-list");

  const saving = page.waitForEvent("download");
  await table.getByRole("button", { name: "Download CSV" }).click();
  const file = readFileSync(await (await saving).path(), "utf8");
  expect(file.split("\r\n")).toHaveLength(7);
  expect(file).toContain(`"${server.url}/read/digest-coe-ets185-budapest-convention?at=art9.2.a"`);

  await page.setViewportSize({ width: 360, height: 800 });
  await fits(page);
  await picture(page, "citation-list-narrow");
});
