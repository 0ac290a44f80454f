// Annotations and the codebook go out in open formats and come back in.

import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, picture, select, setUp, tag } from "./people";
import { type Server, startServer } from "./server";
import { lantern } from "./texts";

let server: Server;

test.beforeAll(async () => {
  server = await startServer();
  await server.take([lantern]);
});
test.afterAll(() => server.stop());

async function download(page: Page, region: string): Promise<string> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("region", { name: region }).getByRole("link", { name: "Download" }).click();
  const file = await waiting;
  const path = join(tmpdir(), `exchange-${Date.now()}-${file.suggestedFilename()}`);
  await file.saveAs(path);
  return path;
}

test("what was annotated leaves, is deleted, and comes back", async ({ page }) => {
  await setUp(page, server.setup, "Anna");
  await page.goto(`${server.url}/read/lantern`);
  await select(page, "from dusk to dawn");
  await page.keyboard.press("a");
  await tag(page, "jurisdiction", "Which **dusk**? لماذا 🏮", "private");

  await page.getByRole("button", { name: "Account of Anna" }).click();
  await page.getByRole("link", { name: "Export and import" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Export and import" })).toBeVisible();
  await accessible(page);
  await fits(page);
  await picture(page, "exchange");

  const annotations = await download(page, "Annotations out");
  const content = readFileSync(annotations, "utf8");
  expect(content).toContain("Which **dusk**? لماذا 🏮");
  const codebook = await download(page, "Codebook out");
  expect(readFileSync(codebook, "utf8")).toContain('skos:prefLabel "jurisdiction"@en');

  const into = page.getByRole("region", { name: "Annotations in" });
  await into.getByLabel("File of annotations").setInputFiles(annotations);
  await expect(into.getByRole("status")).toContainText("0 annotations would be taken in, 1 there already");

  // Another's file, of which one line cannot be placed.
  const table = join(tmpdir(), `exchange-${Date.now()}.csv`);
  writeFileSync(
    table,
    "document id,quote,concepts,note,creator\nlantern,three pilots,harbour pilots,Why three?,Eve\nlantern,no such words,,x,Eve\n",
  );
  await into.getByLabel("File of annotations").setInputFiles(table);
  await expect(into.getByRole("status")).toContainText("1 annotation would be taken in");
  await into.getByText("Why 1 is refused").click();
  await expect(into).toContainText("not in the text");
  await accessible(page);
  await picture(page, "exchange-preview");
  await into.getByRole("button", { name: "Take in 1 annotation" }).click();
  await expect(into.getByRole("status")).toContainText("1 annotation taken in");
  await into.getByRole("button", { name: "Undo" }).click();
  await expect(into.getByRole("status")).toContainText("Undone");

  const book = page.getByRole("region", { name: "Codebook in" });
  await book.getByLabel("File of concepts").setInputFiles(codebook);
  await expect(book.getByRole("status")).toContainText("0 concepts would be taken in");
  await book.getByLabel("File of concepts").setInputFiles(table);
  await expect(book.getByRole("alert")).toContainText("cannot be read");

  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "exchange-360");
});

test("a stranger takes out what is public, and signs in to take anything in", async ({ page }) => {
  await page.goto(`${server.url}/exchange`);
  const waiting = page.waitForEvent("download");
  await page.getByRole("region", { name: "Annotations out" }).getByRole("link", { name: "Download" }).click();
  const path = await (await waiting).path();
  expect(readFileSync(path, "utf8")).not.toContain("dusk");
  await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
  await accessible(page);
});
