// What is like the passages tagged with a concept: accepted and rejected by key,
// and better for it.

import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, password, picture, signIn } from "./people";
import { read, type Server, startServer } from "./server";
import { library } from "./texts";

let server: Server;

test.beforeAll(async () => {
  server = await startServer();
  await server.take(library);
  server.run(["user", "add", "Irnerius", "--role", "editor"], `${password}\n`);
});
test.afterAll(async () => {
  await server.stop();
});

const items = (page: Page) => page.getByRole("list", { name: "Suggestions" }).locator("li.suggestion");

test("suggests, and learns from what is accepted and rejected", async ({ page }) => {
  await page.goto(`${server.url}/signin`);
  await signIn(page, "Irnerius");
  await expect(page.getByRole("button", { name: "Account of Irnerius" })).toBeVisible();
  const answer = await page.request.post(`${server.url}/api/concepts`, {
    data: { label: "Lights of harbours" },
  });
  const concept = (await answer.json()).id as string;

  await page.goto(`${server.url}/suggestions/${concept}`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Lights of harbours");
  await expect(page.getByText("Nothing is tagged with this concept yet")).toBeVisible();
  await accessible(page);
  await picture(page, "suggestions-empty");

  // Two articles about lanterns are tagged.
  const document = await (await page.request.get(`${server.url}/api/documents/lantern`)).json();
  const version = document.versions[0].id as string;
  for (const provision of ["art1", "art2"]) {
    const found = await page.request.get(`${server.url}/api/versions/${version}/passages/ch1.${provision}`);
    const other = found.ok()
      ? found
      : await page.request.get(`${server.url}/api/versions/${version}/passages/${provision}`);
    const { start, end } = await other.json();
    const made = await page.request.post(`${server.url}/api/annotations`, {
      data: { version, targets: [{ start, end }], concepts: [concept] },
    });
    expect(made.ok()).toBe(true);
  }
  await read(server.url);

  // From a search for the concept to what is like it.
  await page.goto(`${server.url}/search?concept=Lights+of+harbours`);
  await page.getByRole("link", { name: "Suggestions for Lights of harbours" }).click();
  await expect(page.getByText("Only 2 passages are tagged with it")).toBeVisible();
  const tally = page.locator(".suggested .tally");
  await expect(tally).toHaveText("0 accepted, 0 rejected");
  await expect(items(page).first().locator("mark").first()).toBeVisible();
  await expect(items(page).first()).toContainText(/Speaks for it: .*lantern/);
  expect(await items(page).locator("h2").allTextContents()).not.toContain("Lantern Convention, Art. 1");
  await accessible(page);
  await picture(page, "suggestions");

  // By key: the first is accepted, the second rejected, and that taken back and done again.
  const first = await items(page).nth(0).locator("h2").textContent();
  const second = await items(page).nth(1).locator("h2").textContent();
  await page.keyboard.press("j");
  await expect(items(page).nth(0)).toBeFocused();
  await page.keyboard.press("a");
  await expect(tally).toHaveText("1 accepted, 0 rejected");
  await expect(items(page).nth(1)).toBeFocused();
  await page.keyboard.press("x");
  await expect(tally).toHaveText("1 accepted, 1 rejected");
  await page.keyboard.press("u");
  await expect(tally).toHaveText("1 accepted, 0 rejected");
  await expect(items(page).nth(1)).toBeFocused();
  await page.keyboard.press("x");
  await expect(tally).toHaveText("1 accepted, 1 rejected");
  await accessible(page);
  await picture(page, "suggestions-decided");

  await read(server.url);
  await page.keyboard.press("n");
  await expect(tally).toHaveText("0 accepted, 0 rejected");
  await expect(page.getByText("Only 3 passages are tagged with it")).toBeVisible();
  const now = await items(page).locator("h2").allTextContents();
  expect(now).not.toContain(first);
  expect(now).not.toContain(second);

  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "suggestions-narrow");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/read\//);
});
