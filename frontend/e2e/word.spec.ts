// A Word file with comments: imported on the library page, read, its comments in the margin.

import { expect, test } from "@playwright/test";
import { archive } from "./archive";
import { accessible, fits, setUp } from "./people";
import { type Server, startServer } from "./server";

let server: Server;

test.beforeAll(async () => {
  server = await startServer();
});
test.afterAll(async () => {
  await server.stop();
});

const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const numbered = (level: number, content: string) =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr></w:pPr>${content}</w:p>`;

const treaty = archive({
  "word/document.xml": `<w:document xmlns:w="w"><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>${run("Treaty on Tides")}</w:p>
<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>${run("Article 1 Tide tables")}</w:p>
${numbered(0, `${run("Each harbour prints ")}<w:commentRangeStart w:id="0"/>${run("a tide table")}<w:commentRangeEnd w:id="0"/>${run(" that shows:")}`)}
${numbered(1, run("high water; and"))}
${numbered(1, `${run("low water")}<w:del w:id="9"><w:r><w:delText> at night</w:delText></w:r></w:del>${run(".")}`)}
${numbered(0, run("Tables are free."))}
</w:body></w:document>`,
  "word/numbering.xml": `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
  "word/comments.xml": `<w:comments xmlns:w="w"><w:comment w:id="0" w:author="Ann Example" w:date="2024-05-06T07:08:09Z"><w:p>${run("Also for small harbours?")}</w:p></w:comment></w:comments>`,
});

test("a Word file is read as it is printed, with its comments in the margin", async ({ page }) => {
  await setUp(page, server.setup, "Azo");
  await page.goto(`${server.url}/library`);
  await page
    .getByLabel("Files to import")
    .setInputFiles({ name: "tides.docx", mimeType: "application/octet-stream", buffer: treaty });
  const report = page.getByRole("region", { name: "What became of each file" });
  await expect(report).toContainText("tracked changes that nobody has accepted, 0 insertions and 1 deletion");
  await expect(report).toContainText("1 comment in it became private annotations");
  await accessible(page);
  await report.getByRole("link", { name: "Treaty on Tides" }).click();

  const text = page.getByRole("main");
  await expect(text).toContainText("1. Each harbour prints a tide table that shows:");
  await expect(text).toContainText("(b) low water.");
  await expect(text).toContainText("2. Tables are free.");
  await expect(text).not.toContainText("at night");
  const note = page.getByText("Also for small harbours?");
  await expect(note).toBeVisible();
  await expect(page.getByText("Ann Example, in a comment in the Word file, 2024-05-06")).toBeVisible();
  await accessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
});
