// The keyboard alone, and what a screen reader is told: a passage is found,
// selected, tagged, noted, answered, and found again.

import { expect, test } from "@playwright/test";
import { accessible, password, signIn } from "./people";
import { read, type Server, startServer } from "./server";
import { library } from "./texts";

let server: Server;

test.beforeAll(async () => {
  server = await startServer();
  await server.take(library);
  server.run(["user", "add", "Irnerius"], `${password}\n`);
});
test.afterAll(() => server.stop());

test("finds, selects, tags, notes, answers and finds again", async ({ page }) => {
  await page.goto(`${server.url}/signin`);
  await signIn(page, "Irnerius");
  await expect(page.getByRole("heading", { name: /^Find the provision/ })).toBeVisible();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  await press("/");
  await page.keyboard.type('"answer the bell"');
  await press("Enter");
  await expect(page.locator("li.hit")).toHaveCount(1);
  await accessible(page);
  await press("j", "Enter");
  await expect(page).toHaveURL(/\/read\/lantern\?/);
  await expect(page.locator(".host .block").first()).toBeAttached();
  await press("n");
  await expect(page.locator(".host [data-start]:focus")).toContainText("Ships shall answer the bell");

  await press("V", "t");
  const composer = page.getByRole("form", { name: "Annotate" });
  await expect(composer.getByRole("combobox", { name: "Concepts", exact: true })).toBeFocused();
  await page.keyboard.type("warning");
  await expect(composer.getByRole("option", { name: /warning/ })).toBeVisible();
  await press("Enter", "Tab");
  await page.keyboard.type("A duty of ships, not of states.");
  await accessible(page);
  await press("ControlOrMeta+Enter");
  const card = page.getByRole("complementary", { name: "Annotations" }).locator("[role=comment]").first();
  await expect(card).toBeFocused();
  await expect(page.getByRole("status").filter({ hasText: "Annotation saved" })).toBeAttached();
  await expect(card).toHaveAccessibleName("art. 5, by Irnerius");
  const block = page.locator(".host [data-start]").filter({ hasText: "Ships shall answer" });
  expect(await block.getAttribute("aria-details")).toBe(await card.getAttribute("id"));

  await press("r");
  await expect(page.getByRole("textbox", { name: "Reply" })).toBeFocused();
  await page.keyboard.type("Compare the resolution on pilots.");
  await press("ControlOrMeta+Enter");
  await expect(page.getByRole("list", { name: "Replies" })).toContainText("Compare the resolution");
  const tree = await card.ariaSnapshot();
  for (const words of ["warning", "A duty of ships", "Compare the resolution"]) {
    expect(tree).toContain(words);
  }
  await expect(card.locator("[role=comment]")).toHaveAccessibleName("Reply by Irnerius");
  await accessible(page);

  await press("z");
  await expect(page.getByRole("complementary", { name: "Annotations" })).toBeHidden();
  await press("z", "j", "A", "1");
  await expect(page.getByRole("status").filter({ hasText: "Tagged with warning" })).toBeAttached();
  await press("u");
  await expect(page.getByRole("status").filter({ hasText: "Undone: made “warning”" })).toBeAttached();

  await read(server.url);
  await press("/");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type('concept:warning note:"compare the resolution"');
  await press("Enter");
  await expect(page.locator("li.hit")).toHaveCount(1);
  await press("j", "Enter");
  await expect(page).toHaveURL(/\/read\/lantern\?/);
  await press(".");
  await expect(card).toBeFocused();
  await expect(card).toContainText("A duty of ships");
});
