// All hits of a search tagged in one go, seen before, left out where they do not
// belong, and taken back in one go.

import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, password, picture, search, signIn } from "./people";
import { read, type Server, startServer } from "./server";
import { lantern, quays } from "./texts";

let server: Server;
const dialog = (page: Page) => page.getByRole("dialog", { name: "Tag all hits" });

test.beforeAll(async () => {
  server = await startServer();
  await server.take([lantern, quays]);
  server.run(["user", "add", "Irnerius", "--role", "editor"], `${password}\n`);
});
test.afterAll(async () => {
  await server.stop();
});

async function choose(page: Page, concept: string) {
  await dialog(page).getByRole("combobox", { name: "Concepts", exact: true }).fill(concept);
  await dialog(page).getByRole("option", { name: concept }).first().click();
}

async function tagged(page: Page, concept: string): Promise<number> {
  await read(server.url);
  const found = await page.request.get(`${server.url}/api/search?concept=${encodeURIComponent(concept)}`);
  return (await found.json()).passages;
}

test("tags all hits but those left out, once, and takes it back", async ({ page }) => {
  await page.goto(`${server.url}/search?q=lantern`);
  await page.getByRole("button", { name: /^Tag all hits/ }).click();
  await expect(dialog(page)).toContainText("Sign in");
  await dialog(page).getByRole("link", { name: "Sign in" }).click();
  await signIn(page, "Irnerius");
  await expect(page).toHaveURL(/q=lantern/);
  await search(page, "lantern");
  await page.locator("li.hit").first().waitFor();

  // By key; every hit is there with what is tagged of it.
  await page.keyboard.press("t");
  const tally = dialog(page).getByRole("status").filter({ hasText: "will be tagged" });
  await expect(tally).toHaveText(/^(\d+) of \1 hits will be tagged\.$/);
  const all = Number(/^\d+/.exec((await tally.textContent()) ?? "")?.[0]);
  expect(all).toBeGreaterThan(3);
  await expect(dialog(page).locator("mark").first()).toBeVisible();
  await dialog(page).getByLabel("What of each hit is tagged").selectOption("words");
  await expect(dialog(page).locator("mark").first()).toHaveText(/^lanterns?$/i);
  await dialog(page).getByLabel("What of each hit is tagged").selectOption("sentence");
  await expect(
    dialog(page).locator("mark").filter({ hasText: "No lantern shall be put out to keep a ship away." }),
  ).toHaveCount(1);
  await accessible(page);
  await picture(page, "tagall");

  // Nothing goes without a concept; a document and a hit are left out by key.
  await dialog(page)
    .getByRole("button", { name: /^Tag \d+ hits/ })
    .click();
  await expect(dialog(page).getByRole("alert")).toHaveText("Choose a concept to tag the hits with.");
  await choose(page, "safeguards");
  const whole = dialog(page).getByRole("checkbox", { name: /^Declaration on Open Quays/ });
  await whole.focus();
  await page.keyboard.press("Space");
  await expect(tally).toHaveText(`${all - 1} of ${all} hits will be tagged, 1 left out.`);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await expect(whole).toBeChecked();
  await dialog(page)
    .getByRole("checkbox", { name: /Article 3|Art\. 3/ })
    .uncheck();
  await expect(tally).toHaveText(`${all - 1} of ${all} hits will be tagged, 1 left out.`);
  await dialog(page)
    .getByRole("button", { name: `Tag ${all - 1} hits` })
    .click();
  await expect(dialog(page)).toBeHidden();
  const toast = page.locator(".taggedall");
  await expect(toast).toContainText(`${all - 1} hits tagged.`);
  await accessible(page);
  await picture(page, "tagall-done");
  expect(await tagged(page, "safeguards")).toBe(all - 1);

  // Again adds what is new alone.
  await page.keyboard.press("t");
  await choose(page, "safeguards");
  await dialog(page).getByLabel("What of each hit is tagged").selectOption("sentence");
  await expect(tally).toHaveText(`${all} of ${all} hits will be tagged.`);
  await dialog(page)
    .getByRole("button", { name: `Tag ${all} hits` })
    .click();
  await expect(toast).toContainText(`1 hit tagged. ${all - 1} hits were tagged so already.`);
  await page.keyboard.press("u");
  await expect(toast).toContainText("Undone: 1 tag taken back.");
  expect(await tagged(page, "safeguards")).toBe(all - 1);

  // On a narrow screen.
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${server.url}/search?q=lantern`);
  await page.getByRole("button", { name: /^Tag all hits/ }).click();
  await expect(tally).toBeVisible();
  await fits(page);
  await accessible(page);
  await picture(page, "tagall-narrow");
});
