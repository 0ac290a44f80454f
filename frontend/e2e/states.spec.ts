// What screens say and where the focus is while something is missing: the way by key from the first search into a text,
// and a text whose annotations the server does not give.

import { expect, test } from "@playwright/test";
import { accessible, fits, picture } from "./people";
import { type Server, startServer } from "./server";
import { lantern } from "./texts";

let server: Server;
test.beforeAll(async () => {
  server = await startServer();
  await server.take([lantern]);
});
test.afterAll(() => server.stop());

test("the focus goes on into what was found and into the text, and what is selected is said", async ({
  page,
}) => {
  await page.goto(`${server.url}/search`);
  await page.keyboard.press("/");
  await page.keyboard.type("lantern");
  await page.keyboard.press("Enter");
  await page.locator("li.hit").first().waitFor();
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  const text = page.locator("main.reader:not(.waiting)");
  await expect(text).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("v");
  await expect(page.getByRole("status").filter({ hasText: /^Selected: \S+$/ })).toBeAttached();
});

test("annotations that could not be read are not said to be none", async ({ page }) => {
  const problem = { type: "/problems/too-many", title: "Too many requests", status: 429 };
  const detail = "There were too many requests in a short time; try again in 20 seconds.";
  let refused = true;
  await page.route("**/api/versions/*/annotations*", (route) =>
    refused
      ? route.fulfill({ status: 429, contentType: "application/problem+json", json: { ...problem, detail } })
      : route.continue(),
  );
  await page.goto(`${server.url}/read/lantern`);
  const alert = page.getByRole("alert").filter({ hasText: "Too many requests" });
  await expect(alert).toContainText("try again in 20 seconds");
  await accessible(page, [".column .host"]);
  await page.setViewportSize({ width: 360, height: 740 });
  const margin = page.getByRole("complementary", { name: "Annotations" });
  await expect(margin.getByRole("button").first()).toHaveText("The annotations could not be read");
  await fits(page);
  await picture(page, "states-annotations-refused");
  refused = false;
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(alert).toBeHidden();
  await expect(margin.getByRole("button").first()).toHaveText("No annotations here");
});
