// The codebook: concepts are made, moved, merged, split and given up, and each deed is taken back.

import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, password, picture, signIn } from "./people";
import { type Server, startServer } from "./server";
import { lantern } from "./texts";

let server: Server;
const at = (path: string) => server.url + path;
const item = (page: Page, label: string) =>
  page.getByRole("treeitem", { name: new RegExp(`^.?\\s*${label}`) });
const told = (page: Page) => page.locator(".deeds");

test.beforeAll(async () => {
  server = await startServer();
  await server.take([lantern]);
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

/** Tags the beginnings of the only text with a concept, as whoever is signed in. */
function tagWith(page: Page, concept: string, ends: number[]): Promise<number[]> {
  return page.evaluate(
    async ([concept, ends]) => {
      const { documents } = await (await fetch("/api/documents")).json();
      const { versions } = await (await fetch(`/api/documents/${documents[0].id}`)).json();
      const headers = { "Content-Type": "application/json" };
      const made = ends.map(async (end) => {
        const body = JSON.stringify({
          version: versions[0].id,
          targets: [{ start: 0, end }],
          concepts: [concept],
          visibility: "public",
        });
        return (await fetch("/api/annotations", { method: "POST", headers, body })).status;
      });
      return Promise.all(made);
    },
    [concept, ends] as const,
  );
}

test("a second codebook: its concept gets an example, is split, and is whole again", async ({ page }) => {
  await page.goto(at("/signin?return=%2Fcodebook"));
  await signIn(page, "Accursius");
  await page.getByRole("button", { name: "New codebook" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Harbour lights");
  await dialog.getByLabel("Description").fill("What shines, and why.");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Harbour lights" })).toBeVisible();
  await expect(page.getByText("0 concepts")).toBeVisible();
  await page.getByRole("button", { name: "New concept" }).click();
  await dialog.getByLabel("Label").fill("lights");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(told(page)).toContainText("Added: lights");
  await expect(page).toHaveURL(/concept=/);

  const concept = new URL(page.url()).searchParams.get("concept") ?? "";
  expect(await tagWith(page, concept, [10, 20])).toEqual([201, 201]);
  await page.reload();
  await expect(page.getByText("2 annotations in 1 document that you may read")).toBeVisible();
  await page.getByRole("button", { name: "Make it an example" }).first().click();
  await expect(page.getByRole("region", { name: "Examples" })).toBeVisible();
  await expect(told(page)).toContainText("It is an example now");
  await accessible(page);
  await picture(page, "codebook-example");

  await page.getByRole("button", { name: "Split", exact: true }).click();
  await dialog.getByLabel("Label of the new concept").fill("green lights");
  await dialog.getByRole("checkbox").last().check();
  await accessible(page);
  await picture(page, "codebook-split");
  await dialog.getByRole("button", { name: "Split" }).click();
  await expect(told(page)).toContainText("Split off: green lights, with 1 annotation");
  await expect(item(page, "green lights")).toHaveAttribute("aria-selected", "true");
  await expect(page.getByText("1 annotation in 1 document that you may read")).toBeVisible();
  await told(page).getByRole("button", { name: "Undo" }).click();
  await expect(item(page, "green lights")).toHaveCount(0);
  await item(page, "lights").click();
  await expect(page.getByText("2 annotations in 1 document that you may read")).toBeVisible();

  // The other codebook is as it was.
  await page.getByRole("combobox", { name: "Codebook" }).selectOption("Starter codebook");
  await expect(item(page, "sovereignty")).toBeVisible();
  await expect(item(page, "lights")).toHaveCount(0);
});
