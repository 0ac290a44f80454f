// The codebook: concepts are made, moved, merged, split and given up, and each deed is taken back.

import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, password, picture, signIn } from "./people";
import { type Server, startServer } from "./server";

let server: Server;
const at = (path: string) => server.url + path;
const item = (page: Page, label: string) =>
  page.getByRole("treeitem", { name: new RegExp(`^.?\\s*${label}`) });
const told = (page: Page) => page.locator(".deeds");

test.beforeAll(async () => {
  server = await startServer();
  server.run(["user", "add", "Accursius", "--role", "editor"], `${password}\n`);
});
test.afterAll(async () => {
  await server.stop();
});

test("the tree is gone through by keys, also on a telephone", async ({ page }) => {
  await page.goto(at("/codebook"));
  const first = page.getByRole("treeitem").first();
  await expect(first).toBeVisible();
  await first.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("article")).toBeVisible();
  await page.keyboard.press("ArrowLeft");
  await expect(first).toHaveAttribute("aria-expanded", "false");
  await page.keyboard.press("ArrowRight");
  await expect(first).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("treeitem").nth(1)).toBeFocused();
  await accessible(page);
  await picture(page, "codebook");
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await accessible(page);
  await picture(page, "codebook-360");
});

test("an editor makes, renames, merges and deprecates a concept and takes each back", async ({ page }) => {
  await page.goto(at("/signin?return=%2Fcodebook"));
  await signIn(page, "Accursius");
  await page.getByRole("button", { name: "New concept" }).click();
  await accessible(page);
  await page.getByLabel("Label").fill("harbour dues");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(told(page)).toContainText("Added: harbour dues");
  await expect(item(page, "harbour dues")).toHaveAttribute("aria-selected", "true");

  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByLabel("Label").fill("port dues");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(item(page, "port dues")).toBeVisible();
  await page.locator("h1").click();
  await page.keyboard.press("u");
  await expect(told(page)).toContainText("Undone: Rename");
  await expect(item(page, "harbour dues")).toBeVisible();

  await page.getByRole("button", { name: "Merge", exact: true }).click();
  await page.getByLabel("Into").selectOption("sovereignty");
  await expect(page.getByRole("dialog").getByRole("status")).toBeVisible();
  await accessible(page);
  await picture(page, "codebook-merge");
  await page.getByRole("dialog").getByRole("button", { name: "Merge" }).click();
  await expect(told(page)).toContainText("Merged: harbour dues into sovereignty");
  await expect(item(page, "harbour dues")).toHaveCount(0);
  await told(page).getByRole("button", { name: "Undo" }).click();
  await expect(item(page, "harbour dues")).toBeVisible();

  await item(page, "harbour dues").click();
  await page.getByRole("button", { name: "Deprecate", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Deprecate" }).click();
  await expect(told(page)).toContainText("Deprecated: harbour dues");
  await accessible(page);
  await told(page).getByRole("button", { name: "Undo" }).click();
  await expect(told(page)).toContainText("Undone: Deprecate");
});
