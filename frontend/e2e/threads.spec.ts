// What becomes of an annotation: answered, on several stretches, adjusted,
// taken back and done again, put back to what it was, filtered, brought back.

import { type Browser, type BrowserContext, expect, type Page, test } from "@playwright/test";
import { accessible, fits, password, picture, select, signIn, tag } from "./people";
import { type Server, startServer } from "./server";
import { library } from "./texts";

let server: Server;
const contexts: BrowserContext[] = [];

test.beforeAll(async () => {
  server = await startServer();
  await server.take(library);
  for (const name of ["Irnerius", "Bulgarus"]) server.run(["user", "add", name], `${password}\n`);
});
test.afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
test.afterAll(() => server.stop());

async function readerOf(browser: Browser, name: string, address: string): Promise<Page> {
  const context = await browser.newContext();
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(`${server.url}/signin?return=${encodeURIComponent(address)}`);
  await signIn(page, name);
  await expect(page.locator(".host .block").first()).toBeVisible();
  await expect(page.getByRole("button", { name: `Account of ${name}` })).toBeVisible();
  return page;
}

const cards = (page: Page) => page.locator(".margin [id^=annotation-]");
const said = (page: Page, words: string | RegExp) =>
  expect(page.locator(".said")).toContainText(words, { timeout: 15_000 });

/** What is drawn on layers whose names begin so. */
const drawn = (page: Page, layer: string): Promise<string[]> =>
  page.evaluate((name) => {
    const found: string[] = [];
    for (const [key, highlight] of CSS.highlights) {
      if (!key.startsWith(name)) continue;
      for (const range of highlight) {
        const live = document.createRange();
        live.setStart(range.startContainer, range.startOffset);
        live.setEnd(range.endContainer, range.endOffset);
        found.push(live.toString());
      }
    }
    return found.sort();
  }, layer);

test("is answered, and remains when what was answered is gone", async ({ browser }) => {
  const mine = await readerOf(browser, "Irnerius", "/read/lantern");
  await select(mine, "buy oil for the lantern in common");
  await tag(mine, "shared cost", "Who pays in a bad year?", "public");
  const theirs = await readerOf(browser, "Bulgarus", "/read/lantern");
  await cards(theirs).click();
  await theirs.keyboard.press("r");
  const reply = theirs.getByRole("form", { name: "Reply" });
  await expect(reply.getByRole("textbox", { name: "Reply" })).toBeFocused();
  await theirs.keyboard.type("All do, by ships.");
  await accessible(theirs);
  await theirs.keyboard.press("ControlOrMeta+Enter");
  const answers = theirs.getByRole("list", { name: "Replies" });
  await expect(answers).toContainText("All do, by ships.");
  await picture(theirs, "thread");

  await mine.reload();
  await expect(cards(mine)).toContainText("1 reply");
  await cards(mine).click();
  await expect(mine.getByRole("list", { name: "Replies" })).toContainText("All do, by ships.");
  await cards(mine).getByRole("button", { name: "Delete" }).first().click();
  await said(mine, "Annotation deleted");
  await expect(cards(mine)).toContainText("This annotation was deleted.");
  await expect(cards(mine)).toContainText("All do, by ships.");
  await expect.poll(() => drawn(mine, "family-")).toEqual(["buy oil for the lantern in common"]);

  await mine.reload();
  await expect(cards(mine)).toContainText("This annotation was deleted.");
  await mine.keyboard.press("u");
  await said(mine, "Undone: deleted “shared cost” on art. 3");
  await expect(cards(mine)).toContainText("Who pays in a bad year?");
  await mine.keyboard.press("U");
  await said(mine, "Redone: deleted");
  await expect(cards(mine)).toContainText("This annotation was deleted.");

  await mine.getByRole("button", { name: /^Account/ }).click();
  await mine.getByRole("link", { name: "Deleted annotations" }).click();
  await expect(mine.getByRole("listitem").filter({ hasText: "shared cost" })).toContainText("Irnerius");
  await accessible(mine);
  await picture(mine, "trash");
  await mine.getByRole("button", { name: /^Bring back: .*shared cost/ }).click();
  await expect(cards(mine)).toContainText("Who pays in a bad year?");
});

test("stands on several stretches, is adjusted, and is put back by its history", async ({ browser }) => {
  const page = await readerOf(browser, "Irnerius", "/read/pilots");
  await select(page, "found the ship");
  const composer = page.getByRole("form", { name: "Annotate" });
  await composer.getByRole("button", { name: "Add another stretch" }).click();
  await select(page, "when a harbour rings its bell");
  await expect(composer).toContainText("2 stretches");
  await expect.poll(() => drawn(page, "selection-draft")).toHaveLength(2);
  await picture(page, "stretches");
  await tag(page, "pilotage", "First thought.", "private");
  await expect(cards(page)).toHaveCount(1);
  await expect(cards(page)).toContainText("2 stretches");
  await expect
    .poll(() => drawn(page, "family-"))
    .toEqual(["found the ship", "when a harbour rings its bell"].sort());

  await page.keyboard.press("a");
  await expect(page.getByRole("region", { name: "Adjust the annotation" })).toBeVisible();
  await picture(page, "adjusting");
  await accessible(page);
  await page.keyboard.press("w");
  await page.keyboard.press("w");
  await page.keyboard.press("Enter");
  await said(page, "The annotation stands there now");
  await expect
    .poll(() => drawn(page, "family-"))
    .toContainEqual(expect.stringMatching(/^(found the ship|when a harbour rings its bell)(\W+\w+){2}$/));
  expect(await drawn(page, "family-")).toHaveLength(2);

  await cards(page).click();
  await cards(page).getByRole("button", { name: "Edit" }).click();
  const edit = page.getByRole("form", { name: "Edit the annotation" });
  await edit.getByRole("textbox", { name: "Note" }).fill("Second thought.");
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(cards(page)).toContainText("Second thought.");
  await page.keyboard.press("h");
  const past = page.getByRole("dialog", { name: "History of the annotation" });
  await expect(past.getByRole("listitem")).toHaveCount(3);
  await expect(past.locator("ins").first()).toContainText("Second");
  await expect(past.locator("del").first()).toContainText("First");
  await accessible(page);
  await picture(page, "history");
  await past.getByRole("button", { name: "Put back to this" }).last().click();
  await expect(cards(page)).toContainText("First thought.");
  await expect
    .poll(() => drawn(page, "family-"))
    .toEqual(["found the ship", "when a harbour rings its bell"].sort());
  await page.reload();
  await expect(cards(page)).toContainText("First thought.");
  await page.keyboard.press("u");
  await said(page, "Undone: changed “pilotage”");
  await expect(cards(page)).toContainText("Second thought.");
});

test("is about the whole document, and is filtered", async ({ browser }) => {
  const page = await readerOf(browser, "Irnerius", "/read/quays");
  await select(page, "their quays are open");
  await tag(page, "open ports", "", "private");
  await select(page, "quays are open to every ship in distress");
  await tag(page, "duty to rescue", "", "private");
  await expect.poll(() => drawn(page, "inner-")).toHaveLength(1);
  expect(await drawn(page, "outer-")).toEqual(await drawn(page, "inner-"));

  await page.getByRole("button", { name: "Nothing here on a concept" }).click();
  const composer = page.getByRole("form", { name: "Annotate the document" });
  await expect(composer.getByRole("checkbox", { name: /Read in full/ })).toBeChecked();
  await composer.getByRole("combobox", { name: "Concepts", exact: true }).fill("piracy");
  await composer.getByRole("option", { name: "piracy" }).click();
  await composer.getByRole("button", { name: "Save" }).click();
  const notes = page.getByRole("region", { name: "Notes on the document" });
  await expect(notes).toContainText("Read in full: nothing on");
  await expect(notes).toContainText("piracy");
  await accessible(page);

  const filters = page.getByRole("region", { name: "Filter the annotations" });
  await expect(filters).toContainText("3 annotations");
  await filters.getByRole("button", { name: "Filter" }).click();
  await filters.getByLabel("Concept").selectOption({ label: "open ports (1)" });
  await expect(filters).toContainText("2 hidden");
  await expect(page).toHaveURL(/concept=/);
  await expect(cards(page)).toHaveCount(1);
  await picture(page, "filtered");
  await page.reload();
  await expect(filters).toContainText("2 hidden");
  await expect(cards(page)).toHaveCount(1);
  await page.locator(".host .block").first().click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(filters).toContainText("3 annotations");
  await expect(cards(page)).toHaveCount(2);

  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await page.locator(".margin .handle").click();
  await accessible(page);
  await picture(page, "narrow");
});
