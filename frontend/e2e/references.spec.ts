// A commentary and the articles it speaks of lead to each other; a reference in a text is a link, and one comes back.

import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, marked, picture } from "./people";
import { read, type Server, startServer } from "./server";

let server: Server;

test.beforeAll(async () => {
  server = await startServer();
  await read(server.url);
  await expect.poll(unread, { timeout: 60_000 }).toBe(0);
});
test.afterAll(async () => {
  await server.stop();
});

const convention = "digest-coe-ets185-budapest-convention";
const report = "digest-coe-ets185-explanatory-report";

async function versionOf(document: string): Promise<string> {
  const { versions } = await (await fetch(`${server.url}/api/documents/${document}`)).json();
  return versions[0].id;
}

/** How many texts are yet to be read for references. */
async function unread(): Promise<number> {
  const version = await versionOf(convention);
  return (await (await fetch(`${server.url}/api/versions/${version}/references`)).json()).unread;
}

async function open(page: Page, document: string, rest = "") {
  await page.goto(`${server.url}/read/${document}${rest}`);
  await expect(page.locator("a.ref, .figure").first()).toBeAttached();
}

const figure = (page: Page, provision: string) => page.locator(`.figure[data-provision="${provision}"]`);
const panel = (page: Page) => page.getByRole("region", { name: /^What refers to/ });

test("the commentary stands beside its article, and leads back to it", async ({ page }) => {
  await open(page, convention, "?at=art2");
  const button = figure(page, "art2");
  await expect(button).toHaveText(/^commentary: 2 · cited by: \d+$/);
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(panel(page)).toBeFocused();
  await expect(panel(page).getByRole("heading", { name: "Commentary: 2" })).toBeVisible();
  await expect(button).toHaveAttribute("aria-expanded", "true");
  await accessible(page);
  await picture(page, "references-panel");

  // Escape shuts it where it was opened.
  await panel(page).focus();
  await page.keyboard.press("Escape");
  await expect(panel(page)).toBeHidden();
  await expect(button).toBeFocused();

  await page.keyboard.press("Enter");
  await panel(page)
    .getByRole("link", { name: /Explanatory Report.*Illegal access/ })
    .click();
  await expect(page).toHaveURL(new RegExp(`/read/${report}\\?at=`));
  const back = page.getByRole("link", { name: "Article 2", exact: true }).first();
  await expect(back).toBeInViewport();
  await picture(page, "references-commentary");
  await back.click();
  await expect(page).toHaveURL(new RegExp(`/read/${convention}\\?at=art2$`));

  // The way back ends where the reference was followed.
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/read/${report}`));
  await expect(back).toBeFocused();
  await expect(back).toBeInViewport();
});

test("a reference within the text is followed and left again by keyboard", async ({ page }) => {
  await open(page, convention);
  const link = page
    .locator("a.ref")
    .filter({ hasText: /^Articles? \d+/ })
    .first();
  await link.scrollIntoViewIfNeeded();
  await page.keyboard.press("Tab");
  await link.focus();
  const card = page.getByRole("region", { name: "What the reference leads to" });
  await expect(card).toBeVisible();
  await expect(card.locator("[lang=en]").first()).toBeVisible();
  await expect(link).toHaveAttribute("aria-describedby", "glance");
  await accessible(page);
  await picture(page, "references-card");
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();

  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\?at=art/);
  await page.goBack();
  await expect(link).toBeFocused();
  await expect(link).toBeInViewport();
});

test("the pointer brings the words, which stay while it is over them", async ({ page }) => {
  await open(page, report);
  const link = page.locator("a.ref").first();
  await link.scrollIntoViewIfNeeded();
  await link.hover();
  const card = page.getByRole("region", { name: "What the reference leads to" });
  await expect(card).toBeVisible();
  await card.hover();
  await expect(card).toBeVisible();
  await page.mouse.move(5, 5);
  await page.getByRole("heading", { level: 1 }).hover();
  await expect(card).toBeHidden();
});

test("links leave the text and the marks on it as they are", async ({ page }) => {
  await open(page, convention, "?q=article");
  await marked(page);
  const version = await versionOf(convention);
  const faults = await page.evaluate(async (id) => {
    const { text, blocks } = await (await fetch(`/api/versions/${id}`)).json();
    const points: string[] = [...text];
    const shown = [...document.querySelectorAll(".host .block")];
    return blocks.filter(
      ({ start, end }: { start: number; end: number }, i: number) =>
        shown[i]?.textContent !== points.slice(start, end).join(""),
    ).length;
  }, version);
  expect(faults).toBe(0);
  const marks = await page.evaluate(() =>
    [...(CSS.highlights.get("hit") ?? [])].map((range) => {
      const live = document.createRange();
      live.setStart(range.startContainer, range.startOffset);
      live.setEnd(range.endContainer, range.endOffset);
      return live.toString().toLowerCase();
    }),
  );
  expect(marks.length).toBeGreaterThan(5);
  expect(marks.filter((mark) => !/^articles?$/.test(mark))).toEqual([]);
});

test("on a narrow screen it is a sheet at the foot", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await open(page, convention, "?at=art2");
  await figure(page, "art2").click();
  await expect(panel(page)).toBeVisible();
  await fits(page);
  await accessible(page);
  await picture(page, "references-narrow");
  await panel(page).getByRole("button", { name: "Close" }).click();
  await expect(panel(page)).toBeHidden();
});
