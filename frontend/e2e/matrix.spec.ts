// Which agreements have how much on which concept: read in the matrix by keyboard alone, compared side by side.

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { accessible, fits, password, picture, search, signIn } from "./people";
import { type Server, startServer } from "./server";
import { library } from "./texts";

test.describe.configure({ mode: "serial" });

let server: Server;
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  await server.take(library);
  server.run(["user", "add", "Irnerius", "--role", "editor"], `${password}\n`);
  context = await browser.newContext({ baseURL: server.url });
  page = await context.newPage();
});

test.afterAll(async () => {
  await context.close();
  await server.stop();
});

const grid = () => page.getByRole("grid", { name: "Concepts by agreements" });
const panel = () => page.getByRole("complementary", { name: "Passages of the cell" });

/** Calls the API as whoever is signed in on the page. */
function call(path: string, body?: object): Promise<Record<string, unknown>> {
  return page.evaluate(
    async ([to, given]) => {
      const init = given
        ? { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(given) }
        : undefined;
      return (await fetch(to as string, init)).json();
    },
    [path, body] as const,
  );
}

/** Tags the first passages of a document with a concept. */
async function tagFirst(document: string, concept: string, passages: number) {
  const found = (await call(`/api/documents/${document}`)) as { versions: { id: string }[] };
  const version = found.versions[0]?.id ?? "";
  const text = (await call(`/api/versions/${version}`)) as {
    provisions: { start: number; end: number; passage?: boolean }[];
  };
  for (const { start, end } of text.provisions.filter((one) => one.passage).slice(0, passages)) {
    const targets = [{ start, end: Math.min(end, start + 40) }];
    await call("/api/annotations", { version, targets, concepts: [concept], visibility: "public" });
  }
}

test("says what to do where nothing is tagged", async () => {
  await page.goto("/matrix");
  await expect(page.getByRole("heading", { name: "Nothing is tagged yet" })).toBeVisible();
  await accessible(page);
  await picture(page, "matrix-empty");
});

test("counts the passages of each agreement, and is read by keyboard alone", async () => {
  await page.goto("/signin?return=/matrix");
  await signIn(page, "Irnerius");
  await expect(page.getByRole("button", { name: "Account of Irnerius" })).toBeVisible();
  const documents = (await call("/api/documents?size=2")) as { documents: { id: string }[] };
  const [first = "", second = ""] = documents.documents.map((one) => one.id);
  await tagFirst(first, "safeguards", 2);
  await tagFirst(first, "sovereignty", 1);
  await tagFirst(second, "safeguards", 1);

  await page.goto("/matrix?sort=total");
  await expect(grid()).toHaveAttribute("aria-colcount", "3");
  await expect(grid().getByRole("gridcell", { name: "2 passages" })).toHaveCount(1);
  await expect(grid().getByRole("gridcell", { name: "1 passage", exact: true })).toHaveCount(2);
  await accessible(page);
  await picture(page, "matrix");

  await grid().focus();
  await page.keyboard.press("Control+Home");
  const two = grid().getByRole("gridcell", { name: "2 passages" });
  if (!(await two.getAttribute("data-current"))) await page.keyboard.press("ArrowRight");
  await expect(two).toHaveAttribute("data-current", "true");
  await page.keyboard.press("Enter");
  await expect(panel().getByRole("heading", { name: "safeguards" })).toBeFocused();
  await expect(panel().getByRole("listitem")).toHaveCount(2);
  await expect(panel().getByText("2 passages · 1 person")).toBeVisible();
  await expect(page).toHaveURL(/row=.*&column=safeguards/);
  await accessible(page);
  await picture(page, "matrix-cell");
  await page.keyboard.press("Escape");
  await expect(panel()).toHaveCount(0);
  await expect(grid()).toBeFocused();
});

test("marks what was read and is absent, takes it back, and undoes that", async () => {
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  const open = grid().getByRole("gridcell", { name: "not coded" }).first();
  await expect(open).toBeVisible();
  while (!(await grid().locator("[data-current].cell").getAttribute("aria-label"))?.includes("not coded")) {
    await page.keyboard.press("ArrowRight");
  }
  await page.keyboard.press("x");
  await expect(grid().getByRole("gridcell", { name: "read, absent" })).toHaveCount(1);
  await page.keyboard.press("x");
  await expect(grid().getByRole("gridcell", { name: "read, absent" })).toHaveCount(0);
  await page.keyboard.press("u");
  await expect(grid().getByRole("gridcell", { name: "read, absent" })).toHaveCount(1);
  await page.keyboard.press("u");
  await expect(grid().getByRole("gridcell", { name: "read, absent" })).toHaveCount(0);
});

test("keeps rows and columns in its address, and leaves as a table", async () => {
  await page.getByRole("button", { name: /^Rows/ }).click();
  await page.getByLabel("Group by").selectOption("year");
  await page.getByLabel("Only agreements that are coded").check();
  await expect(page).toHaveURL(/rows=coded/);
  await expect(page).toHaveURL(/groupBy=year/);
  await expect(grid().locator(".line.group").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await page.reload();
  await expect(grid().locator(".line:not(.group)")).toHaveCount(2);
  await page.getByRole("button", { name: "Export" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /^CSV/ }).click(),
  ]);
  expect(file.suggestedFilename()).toBe("glossator-matrix.csv");
  await page.setViewportSize({ width: 360, height: 780 });
  await page.goto("/matrix");
  await expect(grid()).toBeVisible();
  await fits(page);
  await accessible(page);
  await picture(page, "matrix-narrow");
  await page.setViewportSize({ width: 1440, height: 900 });
});

test("sets two passages of a cell side by side, and another that was pinned", async () => {
  await page.goto("/matrix?sort=total");
  await grid().getByRole("gridcell", { name: "2 passages" }).click();
  await panel().getByRole("link", { name: "Compare these 2 passages" }).click();
  await expect(page).toHaveURL(/\/compare\?p=/);
  const table = page.getByRole("region", { name: "Texts side by side" }).getByRole("table");
  await expect(table.getByRole("columnheader")).toHaveCount(3);
  await expect(table.getByText("baseline").first()).toBeVisible();
  await accessible(page);
  await picture(page, "compare");
  await page.keyboard.press("2");
  await expect(page).toHaveURL(/base=1/);
  await search(page, "kind:treaty");
  await page.keyboard.press("j");
  await page.keyboard.press("p");
  await expect(page.getByRole("link", { name: /^Compare 1/ })).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("p");
  await page.getByRole("link", { name: /^Compare 2/ }).click();
  await expect(table.getByRole("columnheader")).toHaveCount(3);
  await page.setViewportSize({ width: 360, height: 780 });
  await fits(page);
  await accessible(page);
  await picture(page, "compare-narrow");
});
