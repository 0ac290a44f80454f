// Reading with fingers on a phone: a long press selects, a line at the foot of
// the window offers what to do with the words, a tap opens a card and a tap
// beside it puts it away, and grips move the ends of an annotation.
//
// Fingers are those of the browser's own input (DevTools). The long press is a
// real one. The handles that the system then hangs on a selection are not in the
// page, so where a story moves them it sets the selection, as they do.

import { type Browser, type CDPSession, expect, type Page, test } from "@playwright/test";
import { accessible, fits, openReader, password, picture, signIn } from "./people";
import { type Server, startServer } from "./server";
import { library } from "./texts";

const phone = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
};

let server: Server;
let page: Page;
let fingers: CDPSession;

test.beforeAll(async () => {
  server = await startServer();
  await server.take(library);
  server.run(["user", "add", "Irnerius"], `${password}\n`);
});
test.afterAll(() => server.stop());

test.beforeEach(async ({ browser }) => {
  page = await phoneOf(browser);
});
test.afterEach(() => page.context().close());

async function phoneOf(browser: Browser): Promise<Page> {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  fingers = await context.newCDPSession(page);
  await page.goto(`${server.url}/signin`);
  await signIn(page, "Irnerius");
  await expect(page.getByRole("button", { name: "Account of Irnerius" })).toBeVisible();
  return page;
}

const bar = () => page.getByRole("toolbar", { name: "Selected words" });
const composer = () => page.getByRole("form", { name: "Annotate" });
const margin = () => page.getByRole("complementary", { name: "Annotations" });
const selected = () => page.evaluate(() => getSelection()?.toString() ?? "");

const open = (address: string) => openReader(page, server.url + address);

type Box = { x: number; y: number; width: number; height: number };

/** Where words of the text are in the window. */
function boxOf(words: string): Promise<Box> {
  return page.evaluate((wanted) => {
    const block = [...document.querySelectorAll(".host [data-start]")].find((one) =>
      one.textContent?.includes(wanted),
    );
    const text = block?.firstChild as Text;
    const range = document.createRange();
    range.setStart(text, text.data.indexOf(wanted));
    range.setEnd(text, text.data.indexOf(wanted) + wanted.length);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y, width, height };
  }, words);
}

const middle = ({ x, y, width, height }: Box) => ({ x: x + width / 2, y: y + height / 2 });

/** Selects words as the system does by a long press and its handles: without a word to the page but that the selection is another. */
function setSelection(words: string) {
  return page.evaluate((wanted) => {
    const block = [...document.querySelectorAll(".host [data-start]")].find((one) =>
      one.textContent?.includes(wanted),
    );
    const text = block?.firstChild as Text;
    const at = text.data.indexOf(wanted);
    getSelection()?.setBaseAndExtent(text, at, text, at + wanted.length);
  }, words);
}

/** Presses long on a word, which is selected while the finger still lies on it. */
async function pressLong(block: string, word: string) {
  await page.locator(".host [data-start]").filter({ hasText: block }).scrollIntoViewIfNeeded();
  const lies = page.evaluate(
    () => new Promise((done) => document.addEventListener("touchstart", done, { once: true })),
  );
  const press = fingers.send("Input.synthesizeTapGesture", {
    ...middle(await boxOf(word)),
    duration: 700,
    gestureSourceType: "touch",
  });
  await lies;
  await setSelection(word);
  await press;
}

async function tapWords(words: string) {
  const { x, y } = middle(await boxOf(words));
  await page.touchscreen.tap(x, y);
}

/** Draws a finger over the screen, which rests before it is lifted: the browser takes the next tap for one that stops a throw otherwise. */
async function drag(from: { x: number; y: number }, to: { x: number; y: number }) {
  await fingers.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [from] });
  for (let step = 1; step <= 8; step++) {
    const part = (a: number, b: number) => a + ((b - a) * step) / 8;
    const at = { x: part(from.x, to.x), y: part(from.y, to.y) };
    await fingers.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: [at] });
  }
  await page.waitForTimeout(300);
  await fingers.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
}

/** The words that are drawn as annotated. */
function annotated(): Promise<string[]> {
  return page.evaluate(() =>
    [1, 2, 3, 4, 5, 6, 7, 8]
      .flatMap((n) => [...(CSS.highlights.get(`family-${n}`) ?? [])])
      .map(({ startContainer, startOffset, endOffset }) =>
        (startContainer as Text).data.slice(startOffset, endOffset),
      ),
  );
}

/** Words are above what lies over the foot of the window. */
async function uncovered(words: string) {
  await expect(async () => {
    const foot = await margin().boundingBox();
    const { y, height } = await boxOf(words);
    expect(y).toBeGreaterThan(0);
    expect(y + height).toBeLessThanOrEqual(foot?.y ?? 0);
  }).toPass();
}

async function tagWith(concept: string) {
  await composer().getByRole("combobox", { name: "Concepts", exact: true }).fill(concept);
  await composer().getByRole("option", { name: concept }).first().tap();
  await composer().getByRole("button", { name: "Save" }).tap();
  await expect(composer()).toBeHidden();
}

test("a long press selects, its ends are moved in peace, and the words are tagged", async () => {
  await open("/read/lantern");
  await pressLong("Each harbour shall keep", "lantern lit");
  await expect(bar()).toBeVisible();
  await expect(composer()).toBeHidden();
  await uncovered("lantern lit");
  const before = await page.evaluate(() => scrollY);
  await setSelection("keep a lantern lit from dusk to dawn");
  await expect(bar()).toBeVisible();
  expect(await selected()).toBe("keep a lantern lit from dusk to dawn");
  expect(await page.evaluate(() => scrollY), "the text stays under the finger").toBe(before);
  await picture(page, "touch-selected");
  await fits(page);
  for (const button of await bar().getByRole("button").all()) {
    expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }

  // What lies half under the bar at the top is no target that one could miss.
  await page.evaluate(() => scrollBy(0, 32));
  await accessible(page);
  await tapWords("while a ship");
  await expect(bar()).toBeHidden();

  await pressLong("Each harbour shall keep", "lantern lit");
  await setSelection("keep a lantern lit from dusk to dawn");
  await bar().getByRole("button", { name: "Tag" }).tap();
  await expect(composer()).toContainText("keep a lantern lit from dusk to dawn");
  expect(await selected(), "the system has nothing to offer a menu for").toBe("");
  await uncovered("lantern lit");
  await picture(page, "touch-tagging");
  await tagWith("duty to light");
  await expect.poll(annotated).toEqual(["keep a lantern lit from dusk to dawn"]);

  await pressLong("The harbours shall buy oil", "buy oil");
  await expect(bar()).toBeVisible();
  await bar().getByRole("button", { name: "duty to light" }).tap();
  await expect(page.getByText("Tagged with duty to light")).toBeVisible();
  await expect.poll(annotated).toEqual(["keep a lantern lit from dusk to dawn", "buy oil"]);
});

test("a tap opens the card of a mark, one beside it puts it away, and grips move its ends", async () => {
  await open("/read/quays");
  await pressLong("quays are open", "open");
  await bar().getByRole("button", { name: "Note" }).tap();
  await composer().getByRole("textbox", { name: "Note" }).fill("For how long?");
  await composer().getByRole("button", { name: "Add another stretch" }).tap();
  await expect(composer().getByRole("textbox", { name: "Note" })).toBeHidden();
  await picture(page, "touch-adding");
  await pressLong("No lantern shall be put out", "put out");
  await bar().getByRole("button", { name: "Add this stretch" }).tap();
  await expect(composer()).toContainText("2 stretches");
  await expect(composer().getByRole("textbox", { name: "Note" })).toHaveValue("For how long?");
  await composer().getByRole("button", { name: "Save" }).tap();
  await expect.poll(annotated).toEqual(["open", "put out"]);

  const card = margin().locator("[role=comment]");
  await tapWords("every ship in distress");
  await expect(card).toBeHidden();
  await tapWords("put out");
  await expect(card).toBeVisible();
  await expect(card).toContainText("For how long?");
  await uncovered("put out");
  await picture(page, "touch-card");
  await accessible(page);
  await tapWords("put out");
  await expect(card).toBeVisible();
  await tapWords("keep a ship away");
  await expect(card).toBeHidden();

  await tapWords("put out");
  await card.getByRole("button", { name: "Adjust" }).tap();
  const grip = page.locator(".grip.end");
  await expect(grip).toBeVisible();
  const held = await grip.boundingBox();
  expect(held?.width).toBeGreaterThanOrEqual(44);
  expect(held?.height).toBeGreaterThanOrEqual(44);
  await picture(page, "touch-adjusting");
  expect(await selected()).toBe("open");
  const right = async (words: string) => {
    const { x, width } = await boxOf(words);
    return x + width;
  };
  const from = middle(held as Box);
  await drag(from, { x: from.x + (await right("open to every ship")) - (await right("open")), y: from.y });
  await expect.poll(selected).toBe("open to every ship");
  await page.getByRole("button", { name: "Save" }).tap();
  await expect.poll(annotated).toEqual(["open to every ship", "put out"]);
});
