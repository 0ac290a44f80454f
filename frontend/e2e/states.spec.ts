// What screens say and where the focus is while something is missing: the way by key from the first search into a text,
// and a text whose annotations the server does not give.

import { expect, test } from "@playwright/test";
import { accessible, fits, openReader, picture, select, setUp } from "./people";
import { type Server, startServer } from "./server";
import { lantern } from "./texts";

let server: Server;
test.beforeAll(async () => {
  server = await startServer();
  await server.take([lantern]);
});
test.afterAll(() => server.stop());

/** What the server answers to those who ask too much, and when a search took too long. */
const tooMany = {
  status: 429,
  contentType: "application/problem+json",
  json: {
    type: "/problems/too-many",
    title: "Too many requests",
    status: 429,
    detail: "There were too many requests in a short time; try again in 20 seconds.",
  },
};
const tooSlow = {
  status: 503,
  contentType: "application/problem+json",
  json: {
    type: "/problems/slow",
    title: "The search took too long",
    status: 503,
    detail: "The search took longer than 10 seconds; ask for less.",
  },
};

test("the focus goes on into what was found and into the text, and what is selected is said", async ({
  page,
}) => {
  await page.goto(`${server.url}/search`);
  await expect(page.getByLabel("Search agreements and commentary")).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("lantern");
  await page.keyboard.press("Enter");
  await page.locator("li.hit").first().waitFor();
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const text = page.locator("main.reader:not(.waiting)");
  await expect(text).toBeFocused();
  const said = (what: RegExp) => page.getByRole("status").filter({ hasText: what });
  await expect(said(/^Hit \d+ of \d+/)).toBeAttached();
  await page.keyboard.press("j");
  await page.keyboard.press("v");
  await expect(said(/^Selected: \S+$/)).toBeAttached();
});

test("annotations that could not be read are not said to be none", async ({ page }) => {
  let refused = true;
  await page.route("**/api/versions/*/annotations*", (route) =>
    refused ? route.fulfill(tooMany) : route.continue(),
  );
  await page.goto(`${server.url}/read/lantern`);
  const alert = page.getByRole("alert").filter({ hasText: "Too many requests" });
  await expect(alert).toContainText("try again in 20 seconds");
  await accessible(page, [".column .host"]);
  await page.setViewportSize({ width: 360, height: 740 });
  const margin = page.getByRole("complementary", { name: "Annotations" });
  await expect(margin.getByRole("button").first()).toHaveText("The annotations could not be read");
  await fits(page);
  await picture(page, "states-annotations-refused");
  refused = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(alert).toBeHidden();
  await expect(margin.getByRole("button").first()).toHaveText("No annotations here");
});

test("a search that took too long says so, and is asked again", async ({ page }) => {
  let slow = true;
  await page.route("**/api/search?*", (route) => (slow ? route.fulfill(tooSlow) : route.continue()));
  await page.goto(`${server.url}/search?q=lantern`);
  const alert = page.getByRole("alert").filter({ hasText: "The search took too long" });
  await expect(alert).toContainText("ask for less");
  await accessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "states-search-slow");
  slow = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page.locator("li.hit").first()).toBeVisible();
});

test("what is refused while it is saved stays written, and is saved later; a long deed shows that it goes on", async ({
  page,
}) => {
  await setUp(page, server.setup, "Ada");
  await openReader(page, `${server.url}/read/lantern`);
  await select(page, "The keeper shall not leave the lantern");
  await page.keyboard.press("m");
  const composer = page.getByRole("form", { name: "Annotate" });
  await composer.getByRole("textbox", { name: "Note" }).fill("Not even in fog?");
  let refused = true;
  await page.route("**/api/annotations", (route) => (refused ? route.fulfill(tooMany) : route.continue()));
  await composer.getByRole("button", { name: "Save" }).click();
  await expect(composer.getByRole("alert")).toContainText("try again in 20 seconds");
  await expect(composer.getByRole("textbox", { name: "Note" })).toHaveValue("Not even in fog?");
  await accessible(page, [".column .host"]);
  await picture(page, "states-saving-refused");
  refused = false;
  await composer.getByRole("button", { name: "Save" }).click();
  await expect(composer).toBeHidden();

  let finish = () => {};
  const finished = new Promise<void>((done) => {
    finish = done;
  });
  await page.route("**/api/tagging", async (route) => {
    await finished;
    await route.continue();
  });
  await page.goto(`${server.url}/search?q=lantern`);
  await page.getByRole("button", { name: /^Tag all hits/ }).click();
  const dialog = page.getByRole("dialog", { name: "Tag all hits" });
  await dialog.getByRole("combobox", { name: "Concepts", exact: true }).fill("light");
  await dialog.getByRole("option", { name: "light" }).first().click();
  await dialog.getByRole("button", { name: /^Tag \d+ hits/ }).click();
  await expect(dialog.getByRole("progressbar", { name: /^Tagging \d+ hits$/ })).toBeVisible();
  await accessible(page);
  await picture(page, "states-tagging");
  finish();
  await expect(dialog).toBeHidden();
  await expect(page.locator(".taggedall")).toContainText("tagged.");
});
