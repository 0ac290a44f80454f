// Words that somebody does not know, or does not know how to spell: completion, what was perhaps meant, synonyms.

import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, marked, password, picture, search, signIn } from "./people";
import { type Server, startServer } from "./server";
import { lantern, quays } from "./texts";

let server: Server;
const at = (path: string) => server.url + path;
const box = (page: Page) => page.getByRole("combobox", { name: "Search agreements and commentary" });
const tally = (page: Page) => page.getByRole("status").filter({ hasText: /passage/ });

test.beforeAll(async () => {
  server = await startServer();
  await server.take([quays, lantern]);
  server.run(["user", "add", "Accursius", "--role", "editor"], `${password}\n`);
});
test.afterAll(async () => {
  await server.stop();
});

test("a word is completed by the keyboard, and Enter searches unless one is chosen", async ({ page }) => {
  await page.goto(at("/search"));
  await box(page).fill("cyberc");
  const options = page.getByRole("listbox").getByRole("option");
  await expect(options.first()).toContainText("cybercrime");
  await expect(box(page)).toHaveAttribute("aria-expanded", "true");
  await expect(box(page)).not.toHaveAttribute("aria-activedescendant", /./);
  await accessible(page);
  await picture(page, "completion");

  await box(page).press("ArrowDown");
  const first = options.first();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await expect(box(page)).toHaveAttribute("aria-activedescendant", (await first.getAttribute("id")) ?? "");
  await box(page).press("ArrowUp");
  await expect(box(page)).not.toHaveAttribute("aria-activedescendant", /./);
  await box(page).press("ArrowDown");
  await box(page).press("Enter");
  await expect(box(page)).toHaveValue("cybercrime ");
  await expect(page).not.toHaveURL(/q=/);

  await box(page).pressSequentially("kind:");
  await expect(page.getByRole("group", { name: "Values" }).getByRole("option").first()).toBeVisible();
  await box(page).press("ArrowDown");
  await box(page).press("Enter");
  await expect(box(page)).toHaveValue(/^cybercrime kind:\S+ $/);
  await box(page).press("Enter");
  await expect(page).toHaveURL(/q=cybercrime\+kind/);
  await expect(page.getByRole("listbox")).toHaveCount(0);
});

test("completion offers documents, parties and concepts, and leaves when it is not wanted", async ({
  page,
}) => {
  await page.goto(at("/search"));
  await box(page).fill("budapest conv");
  await expect(page.getByRole("group", { name: "Documents" }).getByRole("option").first()).toContainText(
    "in:",
  );
  await box(page).fill("fran");
  await expect(page.getByRole("group", { name: "Parties" })).toContainText("party:FRA");
  await box(page).press("Escape");
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await expect(box(page)).toBeFocused();

  await box(page).fill("content reg");
  await page.getByRole("group", { name: "Concepts" }).getByRole("option").first().click();
  await expect(box(page)).toHaveValue('concept:"content regulation" ');
  await expect(box(page)).toBeFocused();

  await box(page).fill("cyberc");
  await expect(page.getByRole("option").first()).toBeVisible();
  await box(page).press("Tab");
  await expect(page.getByRole("listbox")).toHaveCount(0);

  await box(page).fill("cybercri");
  await expect(page.getByRole("option").first()).toBeVisible();
  await box(page).press("Enter");
  await expect(page).toHaveURL(/q=cybercri$/);
});

test("completion has room on a telephone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(at("/search"));
  await box(page).fill("secur");
  await expect(page.getByRole("option").first()).toBeVisible();
  await fits(page);
  await accessible(page);
  await picture(page, "completion-360");
});

test("a word that is misspelt leads to the one that was meant", async ({ page }) => {
  await page.goto(at("/search"));
  await box(page).fill("soverienty");
  await box(page).press("Enter");
  const meant = page.getByRole("status").filter({ hasText: "Did you mean" });
  await expect(meant).toContainText(/sovereignty \(\d+ passages?\)/);
  await accessible(page);
  await picture(page, "meant");
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "meant-360");
  await meant.getByRole("link", { name: "sovereignty", exact: true }).click();
  await expect(box(page)).toHaveValue("sovereignty");
  await expect(tally(page)).toContainText(/[1-9]/);
  await expect(page.getByText("Did you mean")).toHaveCount(0);
});

test("synonyms are shown, marked and switched off", async ({ page }) => {
  await page.goto(at("/search"));
  await search(page, "computer system");
  const also = page.getByText("Also searched:");
  await expect(also).toContainText("information system");
  await accessible(page);
  await picture(page, "synonyms-searched");
  const both = Number((await tally(page).innerText()).match(/\d+/)?.[0]);

  await page.getByRole("link", { name: "search only what I typed" }).click();
  await expect(page).toHaveURL(/synonyms=false/);
  await expect(page.getByText("Only what you typed was searched")).toBeVisible();
  await expect.poll(async () => Number((await tally(page).innerText()).match(/\d+/)?.[0])).toBeLessThan(both);
  await page.locator("[data-hit]").first().click();
  await expect(page).toHaveURL(/\/read\/.*synonyms=false/);
  await marked(page);
  await page.goBack();
  await page.getByRole("link", { name: "search synonyms too" }).click();
  await expect(also).toBeVisible();

  await search(page, '"computer system"');
  await expect(also).toHaveCount(0);
});

test("an editor changes the synonyms, and everybody searches with them at once", async ({
  page,
  browser,
}) => {
  await page.goto(at("/synonyms"));
  await expect(page.getByRole("cell", { name: "computer system, information system" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Text of the synonyms" })).toHaveCount(0);
  await accessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "synonyms-360");
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.goto(at("/signin?return=%2Fsynonyms"));
  await signIn(page, "Accursius");
  const text = page.getByRole("textbox", { name: "Text of the synonyms" });
  await text.fill("beacon, sovereignty\nalone");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("Line 2: “alone” is alone");
  expect(await text.evaluate((field: HTMLTextAreaElement) => field.selectionStart)).toBe(20);
  await accessible(page);
  await picture(page, "synonyms-wrong");

  await text.fill("beacon, sovereignty");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved: searches use them from now on.")).toBeVisible();
  await accessible(page);
  await picture(page, "synonyms-edited");

  const stranger = await browser.newPage();
  await stranger.goto(at("/search"));
  await search(stranger, "beacon");
  await expect(stranger.getByText("Also searched:")).toContainText("sovereignty");
  await stranger.close();

  await page.getByRole("button", { name: "Put our own back" }).click();
  await expect(page.getByText("These are our own")).toBeVisible();
});
