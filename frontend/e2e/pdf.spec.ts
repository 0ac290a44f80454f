// A researcher has agreements as PDF files: they are read as a text, with their pages to cite.

import { expect, test } from "@playwright/test";
import { type Line, pdf } from "./pdf";
import { accessible, fits, picture, setUp } from "./people";
import { type Server, startServer } from "./server";

let server: Server;
test.setTimeout(180_000);
test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  await server.stop();
});

const head: Line = [60, 560, 8, "Records of the Quay Committee"];
const quay = pdf([
  [
    head,
    [120, 520, 14, "The Quay Accord"],
    [174, 480, 10, "Article 1"],
    [60, 456, 10, "Whoever ties a boat to the quay by night shall"],
    [60, 444, 10, "hang a lamp on it, and the wardens may untie any"],
    [200, 40, 9, "31"],
  ],
  [
    head,
    [60, 520, 10, "boat that has none. The lamp shall be lit until"],
    [60, 508, 10, "the gulls wake."],
    [174, 472, 10, "Article 2"],
    [60, 448, 10, "The wardens keep a book of the boats untied."],
    [200, 40, 9, "32"],
  ],
]);

test("a PDF file is imported, read and cited by page; a scan is refused with its reason", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await setUp(page, server.setup, "Edith");
  await page.goto(`${server.url}/library`);
  await page.getByLabel("Files to import").setInputFiles([
    { name: "quay.pdf", mimeType: "application/pdf", buffer: quay },
    { name: "scan.pdf", mimeType: "application/pdf", buffer: pdf([[]]) },
    { name: "half.pdf", mimeType: "application/pdf", buffer: quay.subarray(0, 300) },
  ]);
  const report = page.getByRole("region", { name: "What became of each file" });
  await expect(report.getByRole("row").filter({ hasText: "quay.pdf" })).toContainText("2 passages", {
    timeout: 120_000,
  });
  await expect(report.getByRole("row").filter({ hasText: "quay.pdf" })).toContainText(
    "4 lines at the head and foot of pages",
  );
  await expect(report.getByRole("row").filter({ hasText: "scan.pdf" })).toContainText(
    "it is a scan, whose pages are pictures",
  );
  await expect(report.getByRole("row").filter({ hasText: "half.pdf" })).toContainText("download it again");
  await accessible(page);

  await report.getByRole("link", { name: "The Quay Accord" }).click();
  const article = page.locator(".host p").first();
  await expect(article).toHaveText(
    "Whoever ties a boat to the quay by night shall hang a lamp on it, and the wardens may untie any boat that has none. The lamp shall be lit until the gulls wake.",
  );
  await expect(page.locator(".host .sheet")).not.toContainText("Records of the Quay");
  const marks = page.locator(".host .pagebreak");
  await expect(marks).toHaveCount(2);
  await expect(marks.last()).toHaveAttribute("data-page", "32");
  await accessible(page);

  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByRole("button", { name: "Copy the citation of art. 1" }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("The Quay Accord, art. 1");
  const both = /^The Quay Accord, “The Quay Accord”, p\. 31, http:.*\/read\/.*\?at=s1$/;
  await page.keyboard.press("C");
  await expect(page.getByText("Citation and link copied")).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(both);

  await page.getByRole("link", { name: "About it" }).click();
  await page.getByText("How the file was read").click();
  await expect(page.getByText(/^Left out because they only repeat/)).toBeVisible();
  await accessible(page);
  await picture(page, "about-remarks");
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "about-remarks-narrow");
});
