// A text that a newer version has replaced: it is searched only when it is asked
// for, and what is found there says so and leads there.

import { expect, test } from "@playwright/test";
import { accessible, fits, marked, picture } from "./people";
import { type Server, startServer } from "./server";
import { moorings } from "./texts";

let server: Server;
test.beforeAll(async () => {
  server = await startServer();
  await server.take([moorings]);
  await server.take([{ ...moorings, text: moorings.text.replaceAll("hemp", "nylon") }]);
});
test.afterAll(() => server.stop());

test("older versions are searched when one asks for them, and say what they are", async ({ page }) => {
  await page.goto(`${server.url}/search?q=hemp`);
  await expect(page.getByRole("heading", { name: "No passage matches" })).toBeVisible();

  await page.goto(`${server.url}/search?q=ropes`);
  const hits = page.locator("li.hit");
  await expect(hits).not.toHaveCount(0);
  await expect(page.getByText("2 hits")).toBeVisible();
  await expect(hits.getByText("Older version")).toHaveCount(0);

  const versions = page.getByRole("group", { name: "Versions" });
  await versions.getByLabel("Older ones too").check();
  await expect(page).toHaveURL(/version=all/);
  await expect(page.getByText("4 hits")).toBeVisible();
  await expect(hits.getByText("Older version").first()).toBeVisible();
  await accessible(page);
  await picture(page, "older");

  await versions.getByLabel("Older ones only").check();
  await expect(page.getByText("2 hits")).toBeVisible();
  await expect(hits.getByText("Older version")).toHaveCount(2);
  await page.getByRole("link", { name: "Remove filter Versions: older ones only" }).click();
  await expect(page).not.toHaveURL(/version=/);

  await page.goto(`${server.url}/search?q=hemp&version=older`);
  await hits.first().getByRole("link").first().click();
  await expect(page).toHaveURL(/\/read\/.*version=/);
  await marked(page);
});

test("older versions have room on a telephone, and in the concordance", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${server.url}/search?q=ropes&version=all`);
  await expect(page.locator("li.hit").getByText("Older version").first()).toBeVisible();
  await fits(page);
  await page.goto(`${server.url}/search?q=hemp&version=older&view=concordance`);
  await expect(page.getByRole("table").getByText("Older version").first()).toBeVisible();
  await fits(page);
  await accessible(page);
});
