// Searching as lawyers do: each operator with what it marks, a query that is wrong
// and its repair, words that no passage has all of, years by dragging, what has
// been coded and what not, why a hit was found, and finding within one text.

import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, marked, password, picture } from "./people";
import { type Server, startServer } from "./server";
import { library, moorings } from "./texts";

const narrow = { width: 360, height: 740 };

let server: Server;
const at = (path: string) => server.url + path;

async function ask(page: Page, query: string, filters = "") {
  await page.goto(at(`/search?q=${encodeURIComponent(query)}${filters}`));
  await expect(
    page
      .getByRole("status")
      .filter({ hasText: /passage/i })
      .first(),
  ).toBeVisible();
}

/** What is marked in the hits, each word once, in small letters. */
async function marks(page: Page): Promise<string[]> {
  const texts = await page.locator("li.hit mark").allTextContents();
  return [...new Set(texts.map((text) => text.toLowerCase()))].sort();
}

test.beforeAll(async () => {
  server = await startServer();
  await server.take([...library, moorings]);
});
test.afterAll(() => server.stop());

const operators: [string, string[]][] = [
  ["tarred NEAR/5 vessel", ["tarred", "vessel"]],
  ["vessel ~5 tarred", ["tarred", "vessel"]],
  ["tarred +5 vessel", ["tarred", "vessel"]],
  ["heavy /p nothing", ["heavy", "nothing"]],
  ["old /s (rope OR nothing)", ["old", "rope"]],
  ["(tarred OR iron) NEAR/4 hemp", ["hemp", "iron"]],
  ["colur~", ["color", "colour"]],
  ["/b(arge|uoy)s?/", ["barge", "buoy"]],
  ["b?oy", ["buoy"]],
  ["=ropes", ["ropes"]],
  ["ropes hemp", ["hemp", "ropes"]],
  ['"without right"', ["without right"]],
  ['"of a buoy"', ["of a buoy"]],
];
for (const [query, want] of operators) {
  test(`${query} marks what it found, and only that`, async ({ page }) => {
    await ask(page, query, "&in=moorings");
    await expect(page.locator("li.hit")).not.toHaveCount(0);
    await expect.poll(() => marks(page)).toEqual(want);
  });
}

for (const query of [
  "tarred NEAR/4 vessel",
  "vessel +5 tarred",
  "heavy /s nothing",
  "iron /p barge",
  "=colours",
]) {
  test(`${query} finds nothing`, async ({ page }) => {
    await ask(page, query, "&in=moorings");
    await expect(page.getByRole("heading", { name: "No passage matches" })).toBeVisible();
  });
}

test("weights order what is found, and fields look in headings", async ({ page }) => {
  const first = page.locator("li.hit h3").first();
  await ask(page, "barge^9 OR buoy", "&in=moorings");
  await expect(first).toContainText("Posts");
  await ask(page, "barge OR buoy^9", "&in=moorings");
  await expect(first).toContainText("Floats");
  await ask(page, "heading:posts", "&in=moorings");
  await expect(page.locator("li.hit")).toHaveCount(1);
  await expect(first).toContainText("Posts");
});

test("an operator in the wrong place is marked, explained and mended with one click", async ({ page }) => {
  await page.goto(at("/search?q=(heavy+vessel)+NEAR/5+post"));
  const fault = page.getByRole("region", { name: "The query cannot be read" });
  await expect(fault).toContainText("words that belong together go into quotation marks");
  await expect(fault.locator("mark")).toHaveText("(heavy vessel)");
  await accessible(page);
  await fault.getByRole("button", { name: '"heavy vessel" NEAR/5 post' }).click();
  await expect(page.locator("li.hit mark").first()).toHaveText("heavy vessel");

  const box = page.getByLabel("Search agreements and commentary");
  const panel = page.getByRole("search").getByRole("status");
  await box.fill("oar~2 rope");
  await expect(panel.locator("mark")).toHaveText("oar~2");
  await expect(panel).toContainText("only one letter may differ");
  await panel.getByRole("button", { name: "oar~1 rope" }).click();
  await expect(page).toHaveURL(/q=oar%7E1\+rope|q=oar~1\+rope/);
});

test("where no passage has all the words, those with some are shown, and it is said in every view", async ({
  page,
}) => {
  await ask(page, "barge buoy xylophone", "&in=moorings");
  const said = page.getByRole("region", { name: "Partial matches" });
  await expect(said).toContainText("No passage has all of these words. These have some of them.");
  await expect(said).toContainText("xylophone alone finds nothing");
  await expect(said.getByRole("listitem").filter({ hasText: "buoy" })).toContainText("1 passage");
  await expect.poll(() => marks(page)).toEqual(["barge", "buoy"]);
  await accessible(page);
  await picture(page, "partial");

  await page.getByRole("link", { name: "Concordance" }).click();
  await expect(said).toBeVisible();
  await expect(
    page
      .getByRole("table", { name: /Concordance/ })
      .locator("mark")
      .first(),
  ).toBeVisible();
  await page.getByRole("link", { name: "Agreements" }).click();
  await expect(said).toBeVisible();
  await expect(
    page
      .getByRole("table", { name: /Agreements/ })
      .locator("mark")
      .first(),
  ).toBeVisible();
  await page.getByRole("link", { name: "Passages", exact: true }).click();

  await page.locator("li.hit a").first().click();
  await expect(page).toHaveURL(/\/read\/moorings/);
  await marked(page);
});

test("where nothing is found, each filter says what it keeps out", async ({ page }) => {
  await ask(page, "lantern", "&kind=treaty&region=Northern+coasts");
  const nothing = page.getByRole("region", { name: "No passage matches" });
  const region = nothing.getByRole("listitem").filter({ hasText: "without Region: Northern coasts" });
  await expect(region).toContainText(/[1-9] passage/);
  await accessible(page);
  await page.setViewportSize(narrow);
  await fits(page);
  await region.getByRole("link").click();
  await expect(page).toHaveURL(/\?q=lantern&kind=treaty$/);
  await expect(page.locator("li.hit mark").first()).toHaveText(/lantern/i);
});

test("years are chosen by dragging over their histogram", async ({ page }) => {
  await ask(page, "ferry");
  const brush = page.getByRole("group", { name: "Passages by year" });
  await expect(brush).toContainText("1950–1983: ");
  const box = await brush.locator(".ground").boundingBox();
  if (!box) throw new Error("the histogram is not shown");
  const middle = box.y + box.height / 2;
  const year = (wanted: number) => box.x + ((wanted - 1950 + 0.5) / 34) * box.width;
  await page.mouse.move(year(1959), middle);
  await page.mouse.down();
  await page.mouse.move(year(1970), middle, { steps: 4 });
  await expect(brush).toContainText(/1959–1970: \d+ passages/);
  await expect(page).not.toHaveURL(/year=/);
  await page.mouse.up();
  await expect(page).toHaveURL(/year=1959\.\.1970/);
  await expect(page.getByLabel("First year")).toHaveValue("1959");
  await expect(page.getByRole("link", { name: "Remove filter Year: 1959–1970" })).toBeVisible();
  // The years that are not chosen can still be seen and chosen.
  await expect(brush.locator("rect.out").first()).toBeAttached();
  await picture(page, "years");
  await accessible(page);

  await page.goBack();
  await expect(brush).toContainText("1950–1983: ");
});

test("years are chosen with the keyboard, and fit a narrow window", async ({ page }) => {
  await page.setViewportSize(narrow);
  await ask(page, "ferry", "&year=1959..1970");
  await page.getByRole("button", { name: "Filters (1)" }).click();
  const from = page.getByRole("slider", { name: "From year" });
  const to = page.getByRole("slider", { name: "To year" });
  await expect(from).toHaveAttribute("aria-valuetext", /^from 1959: \d+ passages$/);
  await from.press("ArrowRight");
  await expect(page).toHaveURL(/year=1960\.\.1970/);
  await to.press("Home");
  await expect(page).toHaveURL(/year=1960$/);
  await to.press("End");
  await expect(page).toHaveURL(/year=1960\.\.$/);
  await expect(to).toHaveAttribute("aria-valuenow", "1983");
  await from.press("Home");
  await expect(page).not.toHaveURL(/year=/);
  await fits(page);
  await picture(page, "years-narrow");
});

test("what is coded and what is not can be told apart", async ({ page }) => {
  server.run(["user", "add", "Rogerius"], `${password}\n`);
  const token = /\S+$/.exec(server.run(["token", "add", "Rogerius", "story"]).trim())?.[0];
  const headers = { Authorization: `Bearer ${token}` };
  const [concept, found] = await Promise.all([
    page.request.post(at("/api/concepts"), { headers, data: { label: "mooring dues" } }),
    page.request.get(at("/api/search?q=heavy&in=moorings")),
  ]);
  const hit = (await found.json()).groups[0].hits[0];
  const written = await page.request.post(at("/api/annotations"), {
    headers,
    data: {
      version: hit.version,
      targets: [{ start: hit.start, end: hit.end }],
      concepts: [(await concept.json()).id],
      note: "Who pays for the posts?",
      visibility: "public",
    },
  });
  expect(written.status()).toBe(201);
  await expect
    .poll(async () => (await (await page.request.get(at("/api/search?coded=yes"))).json()).passages)
    .toBe(1);

  await ask(page, "post", "&in=moorings");
  const filters = page.getByRole("complementary", { name: "Filters" });
  await filters.getByRole("checkbox", { name: "Not yet coded" }).check();
  await expect(page).toHaveURL(/coded=no/);
  await expect(page.locator("li.hit")).toHaveCount(1);
  await expect(page.locator("li.hit h3")).toContainText("Posts");
  // The other value keeps its count, and both together find all.
  await filters.getByRole("checkbox", { name: "Coded", exact: true }).check();
  await expect(page.locator("li.hit")).toHaveCount(2);
  await accessible(page);

  // Words of a note are marked in it, beside the hit and in the preview.
  await ask(page, "note:pay");
  const noted = page.locator("li.hit .noted");
  await expect(noted).toContainText("Who pays for the posts?");
  await expect(noted.locator("mark")).toHaveText(["pays"]);
  await page.keyboard.press("j");
  const preview = page.getByRole("region", { name: "Annotations" });
  await expect(preview.locator("mark")).toHaveText(["pays"]);
  await accessible(page);
  await picture(page, "noted");
});

test("a hit says why it was found", async ({ page }) => {
  await ask(page, "heavy vessel", "&in=moorings");
  await page.keyboard.press("j");
  await page.keyboard.press("w");
  const why = page.locator("li.hit").getByRole("region", { name: "Why this result" });
  await expect(why.getByRole("row", { name: /vessel twice in the passage/ })).toContainText(
    /in 2 of \d+ passages/,
  );
  const numbers = await why.locator("tbody td").allTextContents();
  const sum = numbers.reduce((total, text) => total + Math.round(Number(text) * 100), 0);
  expect((sum / 100).toFixed(2)).toBe(await why.locator("tfoot td").textContent());
  await accessible(page);
  await page.setViewportSize(narrow);
  await fits(page);
  await picture(page, "why-narrow");
  await page.locator("li.hit").getByRole("button", { name: "Why this result?" }).click();
  await expect(why).toBeHidden();
});

test("finds within one text as one types, and the address keeps the query", async ({ page }) => {
  await page.goto(at("/read/lantern"));
  // The text is there before the app is, which hears the key.
  await expect(page.getByRole("button", { name: "Find in this text" })).toBeVisible();
  await page.keyboard.press("f");
  const find = page.getByRole("search", { name: "In this text" });
  const field = find.getByRole("textbox", { name: "Find in this text" });
  await expect(field).toBeFocused();
  await field.pressSequentially("keeper");
  await expect(find).toContainText("1 of 4");
  await marked(page);
  await expect(page).toHaveURL(/q=keeper$/);
  await field.press("Enter");
  await expect(find).toContainText("2 of 4");
  await field.press("Shift+Enter");
  await expect(find).toContainText("1 of 4");
  await accessible(page);

  await field.fill('"keeper');
  await expect(find.getByRole("alert")).toContainText("never closed");
  await picture(page, "find-fault");
  await accessible(page);
  await find.getByRole("button", { name: '"keeper"', exact: true }).click();
  await expect(field).toHaveValue('"keeper"');
  await expect(find).toContainText(/1 of \d/);

  await field.fill("xylophone");
  await expect(find).toContainText("no hits");
  await field.fill("bell");
  await expect(find).toContainText("1 of 2");
  await field.press("Escape");
  await expect(field).toBeHidden();
  await page.keyboard.press("n");
  await expect(find).toContainText("2 of 2");
  await page.reload();
  await marked(page);
  await expect(find).toContainText("1 of 2");
  await page.setViewportSize(narrow);
  await find.getByRole("button", { name: "Find in this text: bell" }).click();
  await fits(page);
  await picture(page, "find-narrow");
});
