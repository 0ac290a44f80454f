// What people do on every screen, in the words they see.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";

export const password = "a long enough password";

/** Makes the first account with the link of the first start. */
export async function setUp(page: Page, link: string, name: string) {
  await page.goto(link);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page.getByRole("button", { name: `Account of ${name}` })).toBeVisible();
}

/** Signs in on the page where one can, and comes to where that leads. */
export async function signIn(page: Page, name: string, word = password) {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(word);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Asks a new query, without filters, in the box of the header and waits for what was found. */
export async function search(page: Page, query: string) {
  await page.getByRole("link", { name: "Search", exact: true }).click();
  const box = page.getByLabel("Search agreements and commentary");
  await box.fill(query);
  await box.press("Enter");
  await expect(
    page
      .getByRole("status")
      .filter({ hasText: /passage/ })
      .first(),
  ).toBeVisible();
}

/** The hits of one document among the results. */
export function groupOf(page: Page, title: string | RegExp): Locator {
  return page.locator(".grp").filter({ has: page.getByRole("heading", { level: 2, name: title }) });
}

/** The reader shows the matches of the query. */
export async function marked(page: Page) {
  await page.waitForFunction(() => (CSS.highlights.get("hit")?.size ?? 0) > 0);
}

/** Selects words in the reader as a mouse would: from their beginning to their end, once the page rests. */
export async function select(page: Page, words: string) {
  await expect(page.locator(".host [data-start]").filter({ hasText: words }).first()).toBeAttached();
  const ends = await page.evaluate(placeOf, words);
  if (!ends) throw new Error(`the reader does not show “${words}”`);
  await page.mouse.move(ends.from.x, ends.from.y);
  await page.mouse.down();
  await page.mouse.move(ends.to.x, ends.to.y, { steps: 8 });
  await page.mouse.up();
}

/** In the page: brings words of the reader into view and tells where they begin and end once nothing has moved for 15 frames. */
async function placeOf(words: string) {
  const blocks = [...document.querySelectorAll<HTMLElement>(".host [data-start]")];
  const block = blocks.find((one) => one.textContent?.includes(words));
  if (!block) return null;
  // References in the text are links: the words may stand in several nodes.
  const place = (unit: number): [Node, number] => {
    const nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    let left = unit;
    for (let node = nodes.nextNode() as Text; ; node = nodes.nextNode() as Text) {
      if (left <= node.length) return [node, left];
      left -= node.length;
    }
  };
  const at = block.textContent?.indexOf(words) ?? 0;
  const range = document.createRange();
  range.setStart(...place(at));
  range.setEnd(...place(at + words.length));
  let top = Number.NaN;
  for (let still = 0; still < 15; still++) {
    await new Promise(requestAnimationFrame);
    const now = range.getBoundingClientRect();
    if (now.top === top && now.top > 120 && now.bottom < innerHeight) continue;
    block.scrollIntoView({ block: "center" });
    top = range.getBoundingClientRect().top;
    still = 0;
  }
  const boxes = [...range.getClientRects()];
  const first = boxes[0] as DOMRect;
  const last = boxes.at(-1) as DOMRect;
  return {
    from: { x: first.left + 1, y: first.top + first.height / 2 },
    to: { x: last.right - 1, y: last.top + last.height / 2 },
  };
}

/** Opens a document and waits until it and its annotations are there. */
export async function openReader(page: Page, address: string) {
  await page.goto(address);
  await expect(page.getByRole("complementary", { name: "Annotations" })).toHaveAttribute(
    "aria-busy",
    "false",
  );
}

/** Tags what is selected with a concept, and notes something. */
export async function tag(page: Page, concept: string, note: string, visibility: "private" | "public") {
  const composer = page.getByRole("form", { name: "Annotate" });
  await composer.getByRole("combobox", { name: "Concepts", exact: true }).fill(concept);
  await composer.getByRole("option", { name: concept }).first().click();
  if (note) await composer.getByRole("textbox", { name: "Note" }).fill(note);
  await composer.getByLabel("Who can see it").selectOption(visibility);
  await composer.getByRole("button", { name: "Save" }).click();
  await expect(composer).toBeHidden();
}

/** The screen breaks no rule of WCAG 2.2 AA that axe can see, in light and in dark. */
export async function accessible(page: Page, without: string[] = []) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // There are no frames, and without them its older mode needs no page of its own.
    const builder = new AxeBuilder({ page })
      .setLegacyMode()
      .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
    const found = await without.reduce((b, part) => b.exclude(part), builder).analyze();
    const faults = found.violations.map(
      (v) => `${colorScheme}: ${v.id}: ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3)}`,
    );
    expect(faults).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** Nothing of the screen is wider than the window. */
export async function fits(page: Page) {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(content, "width of the content").toBeLessThanOrEqual(window ?? 0);
}

/** Keeps a picture of a step in light and dark where GLOSSATOR_SHOTS names a folder. */
export async function picture(page: Page, name: string) {
  const folder = process.env.GLOSSATOR_SHOTS;
  if (!folder) return;
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
  }
  await page.emulateMedia({ colorScheme: "light" });
}
