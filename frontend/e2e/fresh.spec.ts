// The first hour with Glossator: an installation that nobody has given anything
// yet, and the screens once a few agreements are there.

import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, groupOf, password, search, signIn } from "./people";
import { type Server, startServer } from "./server";
import { library } from "./texts";

const narrow = { width: 360, height: 740 };

let server: Server;
const at = (path: string) => server.url + path;

/** Asks by the address, and waits for the answer. */
async function ask(page: Page, query: string) {
  await page.goto(at(`/search?q=${encodeURIComponent(query)}`));
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
}

test.describe("an empty installation", () => {
  test.beforeAll(async () => {
    server = await startServer();
  });
  test.afterAll(async () => {
    await server.stop();
  });

  test("answers the first search from the digests, and says that they are digests", async ({ page }) => {
    await page.goto(at("/"));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await search(page, "information security");
    const first = page.locator(".grp").first();
    await expect(first).toContainText("Digest – our summary, not the official text");
    await first.locator("li.hit a").first().click();
    await expect(page.getByRole("main")).toContainText("Digest – our summary, not the official text.");
  });

  test("leads from the start to an example and to its results", async ({ page }) => {
    await page.goto(at("/"));
    await page.getByRole("link", { name: "cyber AND (attack OR operation)" }).click();
    await expect(page).toHaveURL(/\/search\?q=/);
    await expect(page.getByLabel("Search agreements and commentary")).toHaveValue(
      "cyber AND (attack OR operation)",
    );
    await expect(page.locator("li.hit mark").first()).toBeVisible();
  });

  test("helps: the keys, and the manual with examples to try", async ({ page }) => {
    await page.goto(at("/"));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Help" });
    await expect(help.getByRole("region", { name: "Reader" })).toContainText("Select by keyboard");
    await expect(help.getByRole("heading", { name: "Words and phrases" })).toBeVisible();
    await accessible(page);
    await page.keyboard.press("Escape");
    await expect(help).toBeHidden();

    await page.getByRole("button", { name: "Help and keys" }).click();
    await help.getByRole("link", { name: "moral OR xenophobic", exact: true }).click();
    await expect(help).toBeHidden();
    await expect(page).toHaveURL(/q=moral\+OR\+xenophobic/);
  });

  test("lets single letters be turned off", async ({ page }) => {
    await page.goto(at("/"));
    await page.getByRole("button", { name: "Help and keys" }).click();
    await page.getByRole("checkbox", { name: /Single letters/ }).uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(page).toHaveURL(at("/"));
  });

  test("places and explains what is wrong with a query, and mends it", async ({ page }) => {
    await page.goto(at("/"));
    const box = page.getByLabel("Search agreements and commentary");
    await box.fill("(cyber attack");
    await box.press("Enter");
    const fault = page.getByRole("region", { name: "The query cannot be read" });
    await expect(fault).toContainText("This ( is never closed.");
    await expect(fault.locator("mark")).toHaveText("(");
    await expect(page.getByRole("status").filter({ hasText: /passage/ })).toBeHidden();
    await fault.getByRole("button", { name: "(cyber attack)" }).click();
    await expect(box).toHaveValue("(cyber attack)");
    await expect(page.getByRole("status").filter({ hasText: /passage/ })).toBeVisible();
  });

  test("explains a query while it is typed, and mends it there", async ({ page }) => {
    await page.goto(at("/"));
    const box = page.getByLabel("Search agreements and commentary");
    const panel = page.getByRole("search").getByRole("status");
    await box.fill("sover* kidn:treaty");
    await expect(panel).toContainText("“kidn” is not a field; “kind” is");
    await expect(panel.locator("mark")).toContainText("kidn");
    await panel.getByRole("button", { name: "sover* kind:treaty" }).click();
    await expect(page).toHaveURL(/q=sover\*\+kind%3Atreaty/);
    await box.fill("sover*");
    await expect(panel).toContainText("a word that begins with “sover”");
    await box.press("Escape");
    await expect(panel).toBeHidden();
  });

  test("names the clause that is to blame for finding nothing", async ({ page }) => {
    await ask(page, "xylophone kind:declaration");
    const nothing = page.getByRole("region", { name: "No passage matches" });
    await expect(nothing).toContainText("xylophone alone finds nothing");
    await expect(nothing.getByRole("listitem").filter({ hasText: "xylophone" })).toContainText("nothing");
    await nothing.getByRole("link", { name: "kind:declaration" }).click();
    await expect(page.locator("li.hit").first()).toBeVisible();
  });

  test("has no saved searches, and says how to come by one", async ({ page }) => {
    server.run(["user", "add", "Azo"], `${password}\n`);
    await page.goto(at("/saved"));
    await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
    await signIn(page, "Azo");
    await expect(page).toHaveURL(at("/saved"));
    await expect(page.getByRole("main")).toContainText("to keep it here");
    await accessible(page);
    await page.setViewportSize(narrow);
    await fits(page);
    await accessible(page);
  });
});

test.describe("with a few agreements", () => {
  test.beforeAll(async () => {
    server = await startServer();
    await server.take(library);
  });
  test.afterAll(async () => {
    await server.stop();
  });

  test("narrows by filters, several values of one too, and shows what is on", async ({ page }) => {
    await ask(page, "lantern OR ferry OR bell");
    const filters = page.getByRole("complementary", { name: "Filters" });
    const on = page.getByRole("list", { name: "Filters that are on" });
    const titles = page.getByRole("main").getByRole("heading", { level: 2 });
    await filters.getByRole("checkbox", { name: "declaration" }).check();
    await expect(titles).toHaveText(["Declaration on Open Quays"]);
    await filters.getByRole("checkbox", { name: "resolution" }).check();
    await expect(titles).toHaveCount(2);
    await expect(on.getByRole("listitem")).toContainText([
      "Kind: declaration",
      "Kind: resolution",
      "Remove all",
    ]);
    await filters.getByRole("checkbox", { name: "League of Harbours" }).check();
    await expect(titles).toHaveText(["Declaration on Open Quays"]);
    await on.getByRole("link", { name: "Remove filter Organisation: League of Harbours" }).click();
    await expect(titles).toHaveCount(2);
    await on.getByRole("link", { name: "Remove filter Kind: declaration" }).click();
    await expect(titles).toHaveText(["Resolution on Pilots in Fog"]);
    await expect(page).toHaveURL(/kind=resolution/);
    await page.getByLabel("First year").fill("2013");
    await page.getByRole("button", { name: "Apply" }).click();
    const nothing = page.getByRole("region", { name: "No passage matches" });
    await nothing.getByRole("link", { name: "Search without the filters" }).click();
    await expect(on).toBeHidden();
    await expect(page.locator("li.hit").first()).toBeVisible();
  });

  test("pages through documents, and back is back", async ({ page }) => {
    await ask(page, "ferry");
    const titles = page.getByRole("main").getByRole("heading", { level: 2 });
    await expect(titles).toHaveCount(10);
    const first = await titles.allTextContents();
    const pages = page.getByRole("navigation", { name: "Pages of results" });
    await pages.getByRole("link", { name: "Page 2" }).click();
    await expect(titles).toHaveCount(2);
    await expect(pages.getByRole("link", { name: "Page 2" })).toHaveAttribute("aria-current", "page");
    for (const title of await titles.allTextContents()) expect(first).not.toContain(title);
    await page.goBack();
    await expect(titles).toHaveText(first);
    await expect(page).not.toHaveURL(/page=/);
  });

  test("shows the first hits of a document and the others on demand", async ({ page }) => {
    await ask(page, "lantern OR harbour");
    const group = groupOf(page, "Convention on Harbour Lanterns");
    await expect(group.locator("li.hit")).toHaveCount(3);
    const total = Number.parseInt((await group.locator(".total").textContent()) ?? "", 10);
    await group.getByRole("button", { name: `${total - 3} more in this document` }).click();
    await expect(group.locator("li.hit")).toHaveCount(total);
    await group.getByRole("button", { name: "Show fewer" }).click();
    await expect(group.locator("li.hit")).toHaveCount(3);
  });

  test("is walked with keys: next, before, preview, open, back", async ({ page }) => {
    await ask(page, "lantern OR ferry");
    const current = page.locator("li.hit[data-current]");
    const preview = page.getByRole("complementary", { name: "Preview" });
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await expect(page.locator("li.hit").nth(2)).toHaveAttribute("data-current", "true");
    await page.keyboard.press("k");
    await expect(current).toHaveCount(1);
    await expect(page.locator("li.hit").nth(1).getByRole("link")).toBeFocused();
    await expect(preview.getByRole("heading", { level: 2 })).toHaveText("Art. 2 Colours");
    await expect(preview.locator(".passage mark").first()).toBeVisible();
    await page.keyboard.press("Space");
    await expect(preview).toBeHidden();
    await page.keyboard.press("Space");
    await expect(preview).toBeVisible();

    await page.locator("li.hit").last().scrollIntoViewIfNeeded();
    const [before, scrolled] = [page.url(), await page.evaluate(() => scrollY)];
    expect(scrolled).toBeGreaterThan(0);
    const titles = await page.getByRole("main").getByRole("heading", { level: 2 }).allTextContents();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/read\/.*at=/);
    await page.waitForFunction(() => (CSS.highlights.get("hit")?.size ?? 0) > 0);
    await page.goBack();
    await expect(page).toHaveURL(before);
    await expect(page.getByRole("main").getByRole("heading", { level: 2 })).toHaveText(titles);
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(scrolled);
    await expect(page.getByLabel("Search agreements and commentary")).toHaveValue("lantern OR ferry");
  });

  test("Space and Enter are those of what has the focus, and of the hit where nothing has", async ({
    page,
  }) => {
    await ask(page, "lantern OR ferry");
    const preview = page.getByRole("complementary", { name: "Preview" });
    await expect(preview).toBeVisible();
    const treaties = page.getByRole("checkbox", { name: "treaty" });
    await treaties.focus();
    await page.keyboard.press("Space");
    await expect(page).toHaveURL(/kind=treaty/);
    await page.getByRole("button", { name: "Share link" }).focus();
    await page.keyboard.press("Space");
    await expect(page.getByRole("dialog", { name: "Share this search" })).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Share link" }).blur();
    await expect(preview).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/read\/lantern\?.*at=/);
  });

  test("goes to its places by two letters", async ({ page }) => {
    await page.goto(at("/"));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.keyboard.type("gl");
    await expect(page.getByRole("heading", { name: "Library" })).toBeVisible();
    await page.keyboard.type("gv");
    await expect(page.getByRole("heading", { name: "Saved searches" })).toBeVisible();
    await page.keyboard.type("gs");
    await expect(page).toHaveURL(at("/search"));
    await page.keyboard.press("/");
    await expect(page.getByLabel("Search agreements and commentary")).toBeFocused();
  });

  test("remembers light or dark", async ({ page }) => {
    await page.goto(at("/"));
    const root = page.locator("html");
    await expect(root).toHaveAttribute("data-theme", "light");
    await page.getByRole("button", { name: "Use dark colours" }).click();
    await expect(root).toHaveAttribute("data-theme", "dark");
    await page.reload();
    await expect(root).toHaveAttribute("data-theme", "dark");
    await page.goto(at("/library"));
    await page.getByRole("button", { name: "Use light colours" }).click();
    await expect(root).toHaveAttribute("data-theme", "light");
  });

  test("opens a link at its provision, and says when there is no such one", async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: 360 });
    await page.goto(at("/read/lantern?at=art5"));
    const fog = page.getByRole("heading", { name: /Fog/ });
    await expect(fog).toBeInViewport();
    await expect(page.getByRole("list", { name: "Place in the text" })).toContainText("art. 5");
    await page.goto(at("/read/lantern?at=art2.2.b"));
    await expect(page.getByText("(b) because of quarantine")).toBeInViewport();

    await page.goto(at("/read/lantern?at=art99"));
    await expect(page.getByRole("alert")).toContainText("There is no “art99” in this version");
    await expect(page.getByRole("heading", { level: 1 })).toBeInViewport();
    await page.goto(at("/read/nowhere"));
    await expect(page.getByRole("heading", { name: "There is no such document" })).toBeVisible();
    await page.goto(at("/read/lantern?version=nothing"));
    await expect(page.getByRole("heading", { name: /no such version/ })).toBeVisible();
    await page.goto(at("/nowhere"));
    await expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  });

  test("the contents lead to an article, and the address says where", async ({ page }) => {
    await page.goto(at("/read/lantern"));
    await page.getByRole("navigation", { name: "Contents" }).getByText("Oath of the keeper").click();
    await expect(page).toHaveURL(/at=art4/);
    await expect(page.getByRole("heading", { name: /Oath of the keeper/ })).toBeInViewport();
  });

  test("prints the text and nothing around it", async ({ page }) => {
    await page.goto(at("/read/lantern?q=keeper"));
    await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
    await page.emulateMedia({ media: "print" });
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByText("The keeper shall swear")).toBeVisible();
    await expect(page.getByRole("navigation")).toHaveCount(0);
    await expect(page.getByRole("banner")).toBeHidden();
    await expect(page.getByRole("button")).toHaveCount(0);
    await page.goto(at("/search?q=keeper"));
    await expect(page.locator("li.hit").first()).toBeVisible();
    await expect(page.getByRole("banner")).toBeHidden();
  });

  const screens: [string, string, (page: Page) => Promise<unknown>][] = [
    ["start", "/", (page) => expect(page.getByText("documents", { exact: true })).toBeVisible()],
    ["results", "/search?q=lantern+OR+ferry", (page) => expect(page.locator("li.hit").first()).toBeVisible()],
    [
      "no hits",
      "/search?q=%22lantern+xylophone%22&kind=treaty",
      (page) => expect(page.getByRole("heading", { name: "No passage matches" })).toBeVisible(),
    ],
    [
      "a query that cannot be read",
      "/search?q=(lantern",
      (page) => expect(page.getByRole("heading", { name: "This query cannot be read" })).toBeVisible(),
    ],
    [
      "reader",
      "/read/lantern?q=keeper&at=art4",
      (page) => page.waitForFunction(() => (CSS.highlights.get("hit-current")?.size ?? 0) > 0),
    ],
    ["saved", "/saved", (page) => expect(page.getByRole("main").getByRole("link")).toBeVisible()],
    ["library", "/library", (page) => expect(page.getByRole("row").nth(1)).toBeVisible()],
    ["sign-in", "/signin", (page) => expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible()],
    [
      "set-up",
      "/setup?token=x",
      (page) => expect(page.getByRole("heading", { name: "Make the first account" })).toBeVisible(),
    ],
    [
      "no such page",
      "/nowhere",
      (page) => expect(page.getByRole("heading", { name: "There is no such page" })).toBeVisible(),
    ],
  ];
  for (const [name, address, shown] of screens) {
    test(`${name}: fits a narrow window and breaks no rule of access`, async ({ page }) => {
      await page.goto(at(address));
      await shown(page);
      await accessible(page);
      await page.setViewportSize(narrow);
      await fits(page);
      await accessible(page);
      await page.reload();
      await shown(page);
      await fits(page);
    });
  }

  test("in a narrow window the filters take the place of the results", async ({ page }) => {
    await page.setViewportSize(narrow);
    await ask(page, "lantern OR ferry");
    await page.getByRole("button", { name: "Filters", exact: true }).click();
    await page
      .getByRole("checkbox", { name: "resolution" })
      .or(page.getByRole("checkbox", { name: "commentary" }))
      .first()
      .check();
    await fits(page);
    await page.getByRole("button", { name: "Show results" }).click();
    await expect(page.getByRole("button", { name: "Filters (1)" })).toBeVisible();
    await expect(page.locator("li.hit").first()).toBeVisible();
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Library" }).click();
    await expect(page.getByRole("heading", { name: "Library" })).toBeVisible();
  });
});
