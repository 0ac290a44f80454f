// How "information security" is used in the texts of the Shanghai Cooperation Organisation, and how elsewhere.

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { accessible, fits, picture, search } from "./people";
import { corpusFolder, read, type Server, shared, startServer } from "./server";

test.describe.configure({ mode: "serial" });
test.skip(shared === null, "needs the corpora beside the repository");
test.setTimeout(180_000);

let server: Server;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  server.run(["import", corpusFolder("cyber")]);
  await read(server.url);
  context = await browser.newContext({ baseURL: server.url });
  page = await context.newPage();
});

test.afterAll(async () => {
  await context.close();
  await server.stop();
});

const group = (name: "A" | "B") => page.getByRole("region", { name: `Group ${name}`, exact: true });
const words = () => page.getByRole("table", { name: /^Words within/ });
const counted = () => expect(page.getByText("The figures are up to date.")).toBeAttached();

/** Adds all values of a field whose names a pattern fits to a group. */
async function choose(name: "A" | "B", field: string, values: RegExp) {
  await group(name).getByLabel(`By what to choose Group ${name}`).selectOption(field);
  const list = group(name).getByLabel(`${field} of Group ${name}`);
  await expect(list.locator("option").nth(1)).toBeAttached();
  const labels = (await list.locator("option").allTextContents()).filter((label) => values.test(label));
  expect(labels.length, `values like ${values}`).toBeGreaterThan(0);
  for (const label of labels) {
    await list.selectOption({ label });
    await group(name)
      .getByRole("button", { name: `Add to Group ${name}` })
      .click();
  }
}

/** A number in the text of an element. */
async function figure(of: ReturnType<Page["locator"]>): Promise<number> {
  return Number((await of.textContent())?.replace(/[^\d.]/g, ""));
}

test("is reached from the search, and asks for a term where it has none", async () => {
  await page.goto("/lens");
  await expect(page.getByRole("heading", { name: "Which term?" })).toBeVisible();
  await accessible(page);
  await picture(page, "lens-empty");
  await search(page, '"information security"');
  await page.getByRole("link", { name: "Term lens" }).click();
  await expect(page).toHaveURL(/\/lens\?q=/);
  await counted();
  await expect(page.getByRole("heading", { name: "How often" })).toBeVisible();
  await picture(page, "lens-whole");
});

test("compares the texts of one organisation, under both its names, with all others", async () => {
  await choose("A", "Organisation", /^Shanghai Cooperation Organi[sz]ation/);
  await expect(page).toHaveURL(/a=.*org/);
  await counted();
  const cards = page.locator(".lens-card");
  await expect(cards).toHaveCount(2);
  const rates = [
    await figure(cards.nth(0).locator(".lens-big")),
    await figure(cards.nth(1).locator(".lens-big")),
  ];
  expect(rates[0]).toBeGreaterThan(rates[1] as number);
  await expect(page.getByText(/^In A the term is .* times as frequent as in B/)).toBeVisible();
  const organisations = page.getByRole("table", { name: /^By organisation/ });
  await expect(organisations.getByRole("rowheader", { name: /Shanghai Cooperation/ }).first()).toBeVisible();
  await expect(
    page.getByRole("img", { name: /^Matches per million words by year in A, highest in \d{4}/ }),
  ).toBeVisible();
  await picture(page, "lens-compared");
  await page.screenshot({
    path: `${process.env.GLOSSATOR_SHOTS ?? test.info().outputDir}/lens-full.png`,
    fullPage: true,
  });
  await accessible(page);
});

test("counts what the concordance shows", async () => {
  const link = page.getByRole("link", { name: /in A, as a concordance/ });
  const matches = await figure(link);
  await link.click();
  await expect(page.getByRole("table", { name: new RegExp(`Concordance: ${matches} line`) })).toBeVisible();
  await page.goBack();
  await counted();
});

test("lists the words beside the term, most surprising first, and sorts them", async () => {
  await expect(words().getByRole("columnheader", { name: /log-likelihood in A/ })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await expect(words().getByRole("rowheader", { name: "international", exact: true })).toBeVisible();
  await expect(words().getByRole("rowheader", { name: "the", exact: true })).toHaveCount(0);
  await words().getByRole("link", { name: "Sort by how often near in B" }).click();
  await expect(page).toHaveURL(/order=near-b/);
  await expect(words().getByRole("columnheader", { name: /near in B/ })).toHaveAttribute(
    "aria-sort",
    "descending",
  );
  await page.getByLabel("Function words and numbers too").check();
  await expect(words().getByRole("rowheader", { name: "of", exact: true })).toBeVisible();
  await page.getByLabel("Function words and numbers too").uncheck();
});

test("shows the lines of both groups side by side", async () => {
  for (const name of ["A", "B"]) {
    const lines = page.getByRole("region", { name: `Lines of Group ${name}` });
    await expect(lines.locator("mark").first()).toHaveText(/information security/i);
  }
  await page.getByLabel("Order of the lines").selectOption("right");
  await expect(page).toHaveURL(/sort=right/);
});

test("leaves out digests, and all of the page is in its address", async () => {
  await page.getByLabel(/Leave out digests/).check();
  await expect(page).toHaveURL(/digests=out/);
  await counted();
  const before = await page.locator(".lens-big").allTextContents();
  await page.reload();
  await counted();
  await expect(page.locator(".lens-big")).toHaveText(before);
  await expect(page.locator(".lens-side .digest")).toHaveCount(0);
});

test("exports its figures", async () => {
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const file = await (await download).createReadStream();
  let text = "";
  for await (const piece of file) text += piece;
  expect(text).toMatch(/^table,value,label,group,/);
  expect(text).toMatch(/\r\norg,Shanghai Cooperation Organi[sz]ation,/);
  expect(text).toMatch(/\r\ncollocate,international,,A,/);
  const answer = await page.request.get(
    (await page.getByRole("link", { name: "Export JSON" }).getAttribute("href")) ?? "",
  );
  expect((await answer.json()).a.matches).toBeGreaterThan(0);
});

test("says what cannot be looked at", async () => {
  await page.goto("/lens?q=kind%3Atreaty");
  await expect(page.getByRole("heading", { name: "There are no words to look at" })).toBeVisible();
  await accessible(page);
  await page.goto("/lens?q=unicornucopia&a=kind%3Atreaty");
  await expect(page.getByRole("heading", { name: "Neither group has this term" })).toBeVisible();
  await page.goto("/lens?q=%22open");
  await expect(page.getByRole("heading", { name: "A query cannot be read" })).toBeVisible();
  await page.goto("/lens?q=security&b=%22open");
  await expect(page.getByRole("alert")).toContainText("group B");
  await accessible(page);
});

test("fits a narrow window", async () => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.goto("/lens?q=%22information+security%22&a=kind%3A%22treaty%22&year=2000..");
  await counted();
  await expect(page.locator(".lens-side mark").first()).toBeVisible();
  await fits(page);
  await picture(page, "lens-narrow");
  await page.screenshot({
    path: `${process.env.GLOSSATOR_SHOTS ?? test.info().outputDir}/lens-narrow-full.png`,
    fullPage: true,
  });
  await accessible(page);
});
