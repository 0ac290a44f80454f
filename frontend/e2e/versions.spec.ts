// What changed between two versions, what became of the annotations, and two languages side by side.

import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, password, picture, setUp } from "./people";
import { type Server, startServer } from "./server";
import { lantern } from "./texts";

const narrow = { width: 360, height: 740 };

const amended = lantern.text
  .replace("from dusk to dawn", "from sunset to sunrise")
  .replace(
    "### Article 3 – Oil",
    "### Article 3 – Horns\n\nA horn shall be kept beside each lantern.\n\n### Article 4 – Oil",
  )
  .replace("### Article 4 – Oath", "### Article 5 – Oath")
  .replace(/### Article 5 – Fog[\s\S]*?### Article 6/, "### Article 6")
  .replace("three pilots", "three pilots of the harbour bell");

const portuguese = `---
id: lantern
title: Convention on Harbour Lanterns
kind: treaty
language: pt
---

# Convenção sobre as lanternas dos portos

## Capítulo I – As lanternas

### Artigo 1 – Dever de manter uma lanterna

Cada porto mantém uma lanterna acesa do anoitecer ao amanhecer. O guarda não abandona a lanterna enquanto um navio está à vista.

### Artigo 2 – Cores

1. Uma lanterna verde indica que o porto está aberto.
2. Uma lanterna vermelha indica que o porto está fechado:
   (a) por causa da tempestade; ou
   (b) por causa da quarentena.

### Artigo 3 – Óleo

Os portos compram em comum o óleo da lanterna e repartem o custo pelo número dos seus navios.
`;

let server: Server;
let first: string;
const at = (path: string) => server.url + path;

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  await server.take([lantern]);
  const page = await browser.newPage();
  await setUp(page, server.setup, "Irnerius");
  first = (await versionsOf(page))[0] as string;
  for (const [words, note] of [
    ["shall keep a lantern lit from dusk to dawn", "How long?"],
    ["Ships shall answer the bell", "All ships?"],
    ["ring the harbour bell every two minutes", "Often."],
    ["share its cost", "A shared cost."],
  ]) {
    await page.evaluate(annotate, { version: first, words, note });
  }
  await page.close();
  await server.take([{ name: lantern.name, text: amended }]);
});
test.afterAll(async () => {
  await server.stop();
});

async function versionsOf(page: Page): Promise<string[]> {
  const { versions } = await page.evaluate(() => fetch("/api/documents/lantern").then((a) => a.json()));
  return versions.map((one: { id: string }) => one.id);
}

/** In the page: annotates words of a version by the API. */
async function annotate({ version, words, note }: { version: string; words?: string; note?: string }) {
  const { text } = await (await fetch(`/api/versions/${version}`)).json();
  const start = [...text.slice(0, text.indexOf(words))].length;
  const targets = [{ start, end: start + [...(words ?? "")].length, exact: words }];
  const body = JSON.stringify({ version, targets, note });
  const answer = await fetch("/api/annotations", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body,
  });
  if (!answer.ok) throw new Error(await answer.text());
}

test("what changed between two versions is shown word by word, and walked by key", async ({ page }) => {
  await page.goto(at("/read/lantern"));
  await page.getByRole("link", { name: "What changed since version 1" }).click();
  await expect(page).toHaveURL(/\/versions\/\w+\/differences\/\w+$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Lantern Convention");
  const change = (name: RegExp) => page.getByRole("article", { name });
  await expect(
    change(/^Art\. 1 changed/)
      .locator("ins")
      .first(),
  ).toContainText("sunset to sunrise");
  await expect(
    change(/^Art\. 1 changed/)
      .locator("del")
      .first(),
  ).toContainText("dusk to dawn");
  await expect(change(/^Art\. 3 inserted/)).toContainText("A horn shall be kept");
  await expect(change(/^Art\. 4 renumbered from art\. 3/)).toBeVisible();
  await expect(change(/^Art\. 5 deleted/)).toContainText("Ships shall answer the bell");
  await expect(change(/^Art\. 1 changed/)).toContainText("inserted:");
  await expect(page.getByText(/parts, .* unchanged|: unchanged/).first()).toBeVisible();
  await page.keyboard.press("n");
  await expect(change(/^Art\. 1 changed/)).toBeFocused();
  await page.keyboard.press("n");
  await expect(change(/^Art\. 3 inserted/)).toBeFocused();
  await page.keyboard.press("N");
  await expect(change(/^Art\. 1 changed/)).toBeFocused();
  await page
    .getByRole("navigation", { name: "What changed" })
    .getByRole("link", { name: "Art. 5" })
    .last()
    .click();
  await accessible(page);
  await picture(page, "differences");
  const address = page.url();
  await page.getByRole("button", { name: "Swap" }).click();
  await expect(change(/^Art\. 5 inserted/)).toContainText("Ships shall answer the bell");
  await page.goto(address);
  await page.setViewportSize(narrow);
  await expect(change(/^Art\. 3 inserted/)).toBeVisible();
  await fits(page);
  await accessible(page);
  await picture(page, "differences-narrow");
});

test("a version that is not there is said, and so is another language", async ({ page }) => {
  await page.goto(at(`/versions/${first}/differences/none`));
  await expect(page.getByRole("alert")).toContainText("There is no version “none”".replace(/[“”]/g, '"'));
  await accessible(page);
});

test.describe("the review list", () => {
  test.beforeEach(async ({ page }) => {
    await page.goto(at("/signin"));
    await page.getByLabel("Name").fill("Irnerius");
    await page.getByLabel("Password").fill(password);
    await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("button", { name: "Account of Irnerius" })).toBeVisible();
  });

  test("each annotation is decided by one key, and that is taken back by another", async ({ page }) => {
    await page.goto(at("/read/lantern"));
    await page.getByRole("link", { name: /annotations to review/ }).click();
    const items = page.getByRole("main").locator("li.toreview");
    const tally = page.getByRole("status").first();
    await expect(tally).toHaveText("3 annotations to review.");
    const changed = items.filter({ hasText: "How long?" });
    await expect(changed.locator("ins")).toContainText("sunset");
    await expect(items.filter({ hasText: "All ships?" })).toContainText("its words are lost");
    await accessible(page);
    await picture(page, "review");

    await page.keyboard.press("j");
    await expect(changed).toBeFocused();
    await page.keyboard.press("c");
    await expect(changed).toContainText("Confirmed.");
    await expect(tally).toHaveText("2 annotations to review.");
    await expect(page.locator("li.toreview:focus")).toContainText("its words are lost");
    await page.keyboard.press("u");
    await expect(tally).toHaveText("3 annotations to review.");
    await expect(changed).toBeFocused();

    await page.keyboard.press("a");
    const dialog = page.getByRole("dialog", { name: "Select the words" });
    const text = dialog.getByRole("textbox", { name: "Text of the version" });
    await expect(text).toBeFocused();
    await accessible(page);
    await picture(page, "review-adjust");
    await text.evaluate((field: HTMLTextAreaElement) => {
      const start = field.value.indexOf("sunset to sunrise");
      field.setSelectionRange(start, start + "sunset to sunrise".length);
    });
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    await expect(changed).toContainText("Placed.");

    const bell = items.filter({ hasText: "Often." });
    await bell.focus();
    await page.keyboard.press("c");
    await expect(page.getByText("Its words are lost: choose a place")).toBeAttached();
    await page.keyboard.press("1");
    await expect(bell).toContainText("Placed.");
    await expect(tally).toHaveText("1 annotation to review.");
    await page.keyboard.press("x");
    await expect(items.filter({ hasText: "All ships?" })).toContainText("Kept as lost.");
    await expect(tally).toHaveText("Nothing is left to review.");
    await accessible(page);
    await page.setViewportSize(narrow);
    await fits(page);
    await picture(page, "review-narrow");

    await page.goto(at("/read/lantern"));
    await expect(page.getByRole("link", { name: /to review/ })).toBeHidden();
    await expect(
      page.getByRole("link", { name: "One annotation has no place in this version" }),
    ).toBeVisible();
  });
});

test("two languages stand side by side, provision by provision", async ({ page }) => {
  await server.take([{ name: "lantern.pt.md", text: portuguese }]);
  await page.goto(at("/read/lantern"));
  await page.getByRole("link", { name: "Side by side with Portuguese" }).click();
  await expect(page).toHaveURL(/\/versions\/\w+\/parallel\/\w+$/);
  const row = page.getByRole("group", { name: "art. 2(1)", exact: true });
  await expect(row.locator("[lang=en]")).toContainText("A green lantern");
  await expect(row.locator("[lang=pt]")).toContainText("Uma lanterna verde");
  await expect(page.getByText("Not in the Portuguese text").first()).toBeVisible();
  await accessible(page);
  await picture(page, "parallel");
  await page.keyboard.press("j");
  await expect(page.locator(".pair:focus")).toHaveCount(1);
  await page.setViewportSize(narrow);
  await fits(page);
  await accessible(page);
  await picture(page, "parallel-narrow");
});
