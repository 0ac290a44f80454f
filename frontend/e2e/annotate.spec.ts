// Adding to the text: by keyboard alone, across paragraphs, in private and in
// public, undone, and carried over to a corrected version.

import { type Browser, type BrowserContext, expect, type Locator, type Page, test } from "@playwright/test";
import { accessible, groupOf, openReader, password, search, select, signIn, tag } from "./people";
import { read, type Server, startServer } from "./server";
import { lantern, library } from "./texts";

let server: Server;
const at = (path: string) => server.url + path;
const contexts: BrowserContext[] = [];

test.beforeAll(async () => {
  server = await startServer();
  await server.take(library);
  server.run(["user", "add", "Irnerius", "--role", "editor"], `${password}\n`);
  server.run(["user", "add", "Bulgarus"], `${password}\n`);
});
test.afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});
test.afterAll(async () => {
  await server.stop();
});

/** A page of somebody's own browser, signed in unless they are a stranger. */
async function pageOf(browser: Browser, name?: string): Promise<Page> {
  const context = await browser.newContext();
  contexts.push(context);
  const page = await context.newPage();
  await page.goto(at("/signin"));
  if (name) {
    await signIn(page, name);
    await expect(page.getByRole("button", { name: `Account of ${name}` })).toBeVisible();
    await expect(page.getByRole("main")).toBeFocused();
  }
  return page;
}

const open = (page: Page, address: string) => openReader(page, at(address));

const cards = (page: Page) =>
  page.getByRole("complementary", { name: "Annotations" }).locator("[role=comment]");
const composer = (page: Page) => page.getByRole("form", { name: "Annotate" });
const block = (page: Page, words: string): Locator =>
  page.locator(".host [data-start]").filter({ hasText: words });

/** The texts that are drawn on a layer. */
function drawn(page: Page, layer: string): Promise<string[]> {
  return page.evaluate((name) => {
    return [...(CSS.highlights.get(name) ?? [])].map((range) => {
      const live = document.createRange();
      live.setStart(range.startContainer, range.startOffset);
      live.setEnd(range.endContainer, range.endOffset);
      return live.toString();
    });
  }, layer);
}

/** What is drawn of annotations, of whatever family. */
async function annotated(page: Page): Promise<string[]> {
  const families = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map((n) => drawn(page, `family-${n}`)));
  return families.flat();
}

test("finds, reads, selects, tags and notes by keyboard alone", async ({ browser }) => {
  const page = await pageOf(browser, "Irnerius");
  await page.keyboard.press("/");
  await page.keyboard.type('"oath of the keeper" OR "serve ships"');
  await page.keyboard.press("Enter");
  await expect(page.locator("li.hit")).toHaveCount(1);
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/read\/lantern\?/);
  await expect.poll(() => drawn(page, "hit-current")).toEqual(["Oath of the keeper"]);
  await page.keyboard.press("n");
  await expect.poll(() => drawn(page, "hit-current")).toEqual(["serve ships"]);
  await expect(block(page, "The keeper shall swear")).toBeFocused();

  await page.keyboard.press("v");
  const selected = () => page.evaluate(() => getSelection()?.toString());
  await expect.poll(selected).toBe("The");
  await page.keyboard.type("www");
  await expect.poll(selected).toBe("The keeper shall swear");
  await page.keyboard.press("b");
  await expect.poll(selected).toBe("The keeper shall ");
  await page.keyboard.type(")");
  await expect.poll(selected).toBe("The keeper shall swear to serve ships of every flag alike.");
  await page.keyboard.type("oww");
  await expect.poll(selected).toBe(" shall swear to serve ships of every flag alike.");
  await page.keyboard.press("t");
  await expect(composer(page)).toContainText("shall swear to serve ships of every flag alike.");
  await expect(composer(page).getByRole("combobox", { name: "Concepts", exact: true })).toBeFocused();

  await page.keyboard.type("equal treatment");
  await expect(composer(page).getByRole("listbox").getByRole("option")).toContainText(
    "Propose new concept “equal treatment”",
  );
  await page.keyboard.press("Enter");
  await expect(composer(page).getByRole("list", { name: "Chosen concepts" })).toContainText(
    "equal treatment",
  );
  await page.keyboard.press("Tab");
  await expect(composer(page).getByRole("textbox", { name: "Note" })).toBeFocused();
  await page.keyboard.type("Of *every* flag: no exception for war.");
  await page.keyboard.press("ControlOrMeta+Enter");

  const card = cards(page);
  await expect(card).toContainText("equal treatment");
  await expect(card.locator("em")).toHaveText("every");
  await expect(card).toBeFocused();
  const details = await block(page, "The keeper shall swear").getAttribute("aria-details");
  expect(details).toBe(await card.getAttribute("id"));
  await expect.poll(() => annotated(page)).toEqual(["shall swear to serve ships of every flag alike."]);
  await accessible(page);

  await page.keyboard.press("u");
  await expect(card).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "Undone: made “equal treatment”" })).toBeAttached();
  await expect.poll(() => annotated(page)).toEqual([]);
  await page.keyboard.press("u");
  await expect(
    page.getByRole("status").filter({ hasText: "Add the concept “equal treatment”" }),
  ).toBeAttached();
  await page.keyboard.press("u");
  await expect(page.getByRole("status").filter({ hasText: "Nothing to undo" })).toBeAttached();
});

test("a paragraph is tagged in one key, its annotation edited, deleted, and brought back", async ({
  browser,
}) => {
  const page = await pageOf(browser, "Irnerius");
  await open(page, "/read/quays");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(block(page, "No lantern shall be put out")).toBeFocused();
  await page.keyboard.press("m");
  await expect(composer(page).getByRole("textbox", { name: "Note" })).toBeFocused();
  await page.keyboard.type("Darkness as a weapon.");
  const concepts = composer(page).getByRole("combobox", { name: "Concepts", exact: true });
  await concepts.fill("half a word");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(composer(page).getByRole("alert")).toContainText("“half a word” is not yet a concept");
  await concepts.fill("");
  await page.keyboard.press("ControlOrMeta+Enter");
  const card = cards(page);
  await expect(card).toContainText("Darkness as a weapon.");
  await expect.poll(() => annotated(page)).toEqual(["2. No lantern shall be put out to keep a ship away."]);

  await card.press("Enter");
  const edit = page.getByRole("form", { name: "Edit the annotation" });
  await edit.getByRole("textbox", { name: "Note" }).fill("Darkness as a wall.");
  await edit.getByLabel("Who can see it").selectOption("public");
  await edit.getByRole("button", { name: "Save" }).click();
  await expect(card).toContainText("Darkness as a wall.");
  await page.keyboard.press("u");
  await expect(card).toContainText("Darkness as a weapon.");
  await expect(card.getByRole("img", { name: "Private" })).toBeVisible();

  await card.getByRole("button", { name: "Delete" }).click();
  await expect(card).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(card).toContainText("Darkness as a weapon.");
  await page.reload();
  await expect(card).toContainText("Darkness as a weapon.");
  await card.click();
  await card.getByRole("button", { name: "Delete" }).click();
  await expect(card).toHaveCount(0);
});

test("on a slow line a concept that is being made takes nothing away", async ({ browser }) => {
  const page = await pageOf(browser, "Irnerius");
  await open(page, "/read/quays");
  const held: (() => void)[] = [];
  await page.route("**/api/concepts", async (route) => {
    if (route.request().method() === "POST") await new Promise<void>((go) => held.push(go));
    await route.continue();
  });
  const chosen = composer(page).getByRole("list", { name: "Chosen concepts" });
  const picker = composer(page).getByRole("combobox", { name: "Concepts", exact: true });
  await page.keyboard.press("t");
  await expect(picker).toBeFocused();
  await page.keyboard.type("open ports");
  await page.keyboard.press("Enter");
  await page.keyboard.type("distress");
  await expect.poll(() => held.length).toBe(1);
  held[0]?.();
  await expect(chosen).toContainText("open ports");
  await expect(picker).toHaveValue("distress");

  await page.keyboard.press("Enter");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(composer(page).getByRole("button", { name: "Save" })).toBeDisabled();
  await expect.poll(() => held.length).toBe(2);
  held[1]?.();
  await expect(cards(page).filter({ hasText: "open ports" })).toContainText("distress");
});

test("what is private is nobody else's, wherever they look; what is public is everybody's", async ({
  browser,
}) => {
  const mine = await pageOf(browser, "Irnerius");
  await open(mine, "/read/pilots");
  await select(mine, "found the ship or not");
  await tag(mine, "fair pay", "A secret thought about wages.", "private");
  await expect(cards(mine)).toContainText("fair pay");
  await select(mine, "when a harbour rings its bell");
  await tag(mine, "duty to rescue", "Everybody may read about thunder.", "public");
  await expect(cards(mine)).toHaveCount(2);
  await read(server.url);
  await search(mine, 'concept:"fair pay" AND note:wages');
  await expect(mine.locator("li.hit .chip")).toHaveText(["fair pay"]);
  await search(mine, "pilot");
  const facet = (page: Page) => page.getByRole("complementary", { name: "Filters" });
  await expect(facet(mine).getByRole("checkbox", { name: "fair pay" })).toBeVisible();

  for (const name of [undefined, "Bulgarus"]) {
    const theirs = await pageOf(browser, name);
    await open(theirs, "/read/pilots");
    await expect(cards(theirs)).toHaveCount(1);
    await expect(cards(theirs)).toContainText("Everybody may read about thunder.");
    await expect(cards(theirs).getByRole("button")).toHaveCount(0);
    await expect.poll(() => annotated(theirs)).toEqual(["when a harbour rings its bell"]);
    await expect(theirs.getByRole("main")).not.toContainText("fair pay");
    for (const query of ['concept:"fair pay"', "note:wages", "note:secret", "has:note pilot art:9"]) {
      await search(theirs, query);
      await expect(theirs.getByRole("heading", { name: "No passage matches" })).toBeVisible();
    }
    await search(theirs, "note:thunder");
    await expect(theirs.locator("li.hit .chip")).toHaveText(["duty to rescue"]);
    await search(theirs, "fog OR pilot");
    await expect(facet(theirs).getByRole("checkbox", { name: "duty to rescue" })).toBeVisible();
    await expect(facet(theirs).getByRole("checkbox", { name: "fair pay" })).toHaveCount(0);
    await expect(groupOf(theirs, "Resolution on Pilots in Fog").locator(".chip")).toHaveText([
      "duty to rescue",
    ]);
    await theirs.goto(at("/"));
    await expect(theirs.getByRole("main")).not.toContainText("fair pay");
  }
});

test("annotations reach over paragraphs and over each other, and have addresses", async ({ browser }) => {
  const page = await pageOf(browser, "Irnerius");
  await open(page, "/read/essay");
  const from = block(page, "A lantern is a promise.");
  await from.scrollIntoViewIfNeeded();
  await page.evaluate(() => {
    const texts = [...document.querySelectorAll(".host [data-start]")].map((one) => one.firstChild as Text);
    const [first, second] = texts.filter((text) => /promise|speaks of oil/.test(text.data));
    if (!first || !second) throw new Error("the essay has other words");
    getSelection()?.setBaseAndExtent(
      first,
      first.data.indexOf("Whoever"),
      second,
      second.data.indexOf(" speaks of oil"),
    );
  });
  await expect(composer(page)).toContainText("Whoever lights one");
  await tag(page, "hospitality", "", "private");
  const across =
    "Whoever lights one tells strangers that they are expected.The Convention on Harbour Lanterns";
  await expect.poll(() => annotated(page)).toEqual([across]);
  await select(page, "tells strangers that they are expected");
  await tag(page, "notice to strangers", "", "private");
  await expect(cards(page)).toHaveCount(2);
  await expect
    .poll(async () => (await annotated(page)).sort())
    .toEqual([across, "tells strangers that they are expected"].sort());
  const details = await block(page, "A lantern is a promise.").getAttribute("aria-details");
  expect(details?.split(" ")).toHaveLength(2);

  const id = (await cards(page).filter({ hasText: "hospitality" }).getAttribute("id"))?.replace(
    "annotation-",
    "",
  );
  await open(page, `/read/essay?annotation=${id}`);
  await expect(cards(page).filter({ hasText: "hospitality" })).toBeFocused();
  await expect.poll(() => drawn(page, "annotation-active")).toEqual([across]);
  const stranger = await pageOf(browser);
  await open(stranger, `/read/essay?annotation=${id}`);
  await expect(stranger.getByRole("alert")).toContainText("it was deleted, or it is private");
});

test("a stranger is asked to sign in, and comes back to the same place", async ({ page }) => {
  await open(page, "/read/lantern?q=bell&at=art5");
  await select(page, "Ships shall answer the bell");
  const asked = page.getByRole("region", { name: "Annotate" });
  await asked.getByRole("link", { name: "Sign in to annotate" }).click();
  await signIn(page, "Bulgarus");
  await expect(page).toHaveURL(at("/read/lantern?q=bell&at=art5"));
  await expect(page.getByRole("heading", { name: /Fog/ })).toBeInViewport();
  await select(page, "Ships shall answer the bell");
  await expect(composer(page)).toBeVisible();
  await page.keyboard.press("Escape");
});

test("a corrected version keeps annotations where they belong, and lists those whose words are gone", async ({
  browser,
}) => {
  const page = await pageOf(browser, "Irnerius");
  await open(page, "/read/lantern");
  const stays = "share its cost by the number of their ships";
  const goes = "ring the harbour bell every two minutes";
  for (const [words, concept] of [
    [stays, "shared cost"],
    [goes, "warning"],
  ] as const) {
    await select(page, words);
    await tag(page, concept, "", "private");
  }
  await expect.poll(() => annotated(page)).toEqual(expect.arrayContaining([stays, goes]));
  const old = await page.evaluate(() => fetch("/api/documents/lantern").then((answer) => answer.json()));

  const corrected = lantern.text
    .replace("## Chapter I ", "## Note\n\nCorrected by the secretariat in winter.\n\n## Chapter I ")
    .replace(/In fog the keeper .* Ships/, "Ships that hear the horn\nshall reply.\n\nThey");
  expect(corrected).not.toContain(goes);
  await page.getByRole("link", { name: "Library" }).click();
  await page
    .getByLabel("Files to import")
    .setInputFiles({ name: lantern.name, mimeType: "text/markdown", buffer: Buffer.from(corrected) });
  await expect(page.getByRole("cell", { name: "new version", exact: true })).toBeVisible();
  await page
    .getByRole("link", { name: /Convention on Harbour Lanterns/ })
    .first()
    .click();

  await expect(page.getByText("Corrected by the secretariat in winter.")).toBeVisible();
  await expect.poll(() => annotated(page)).toEqual([stays]);
  await expect(cards(page)).toContainText("shared cost");
  await page.getByRole("link", { name: "One annotation has no place in this version" }).click();
  const lost = page.getByRole("region", { name: "Without a place in this version" });
  await expect(lost.locator("[role=comment]")).toContainText("warning");
  await expect(lost.locator("[role=comment]")).toContainText(goes);
  await accessible(page);

  await page.goto(at(`/read/lantern?version=${old.versions[0].id}`));
  await expect(page.getByText("there is a newer one")).toBeVisible();
  await expect.poll(async () => (await annotated(page)).sort()).toEqual([goes, stays].sort());
});
