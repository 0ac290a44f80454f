// What was found, in other views and in other hands: the concordance, the agreements, the exports, and the
// browser's own search.

import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, picture } from "./people";
import { type Paper, type Server, startServer } from "./server";
import { library } from "./texts";

const narrow = { width: 360, height: 740 };

const colours = "amber blue crimson dun ebony fawn green hazel ivory jade khaki lilac".split(" ");
const makers = "Abbot Baker Carter Dyer Easter Fisher Glover Hunter Inman Joiner Knight Lister".split(" ");

/** A register with 144 lines of one word, no two of which go on in the same way. */
const register: Paper = {
  name: "register.md",
  text: [
    "---",
    'title: "Register of Buoys, = with its annex"',
    "kind: declaration",
    'organisation: "=Union of Pilots"',
    "signed: 1999-02-03",
    "language: en",
    "status: in force",
    "---",
    "",
    "# Register of Buoys",
    "",
    ...makers.flatMap((maker, i) => [
      `${i + 1}. Of ${maker}: ${colours.map((colour, j) => `${colours[(i * 5 + j * 7) % 12]} ${maker} keeps a buoy near ${colours[(i + j * 5) % 12]} ${colour} rocks`).join("; ")}.`,
      "",
    ]),
  ].join("\n"),
};

let server: Server;
const at = (path: string) => server.url + path;

test.beforeAll(async () => {
  server = await startServer();
  await server.take([...library, register]);
});
test.afterAll(async () => {
  await server.stop();
});

/** An empty page: the policy of the app's own lets nothing be parsed. */
const emptyPage = (page: Page) => page.context().newPage();

async function open(page: Page, address: string) {
  await page.goto(at(address));
  await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
}

test.describe("the concordance", () => {
  const table = (page: Page) => page.getByRole("table", { name: /Concordance/ });

  test("sorts by the second word to the right, over all of its pages", async ({ page }) => {
    await open(page, "/search?q=buoy&view=concordance");
    await expect(table(page)).toHaveAccessibleName(/^Concordance: 144 lines, by document/);
    await page.getByLabel("Sort").selectOption("By the second word to the right");
    await expect(table(page)).toHaveAccessibleName(/by the second word to the right/);
    const pages = page.getByRole("navigation", { name: "Pages of lines" });
    const words: string[] = [];
    for (const [number, lines] of [
      [1, 50],
      [2, 50],
      [3, 44],
    ] as const) {
      await pages.getByRole("link", { name: `Page ${number}` }).click();
      await expect(table(page).locator("tbody tr")).toHaveCount(lines);
      await expect(pages.getByRole("link", { name: `Page ${number}` })).toHaveAttribute(
        "aria-current",
        "page",
      );
      for (const line of await page.locator("td.right").all()) {
        const text = (await line.textContent()) ?? "";
        const second = await line.locator("b").textContent();
        expect(second).toBe(text.match(/\p{L}+/gu)?.[1]);
        words.push(second ?? "");
      }
    }
    expect(words).toEqual([...words].sort());
    expect(new Set(words).size).toBe(12);
    await picture(page, "concordance");
  });

  test("is walked by keys, and a line leads to its place", async ({ page }) => {
    await open(page, "/search?q=buoy&view=concordance&sort=left");
    const links = table(page).locator("tbody th a");
    await expect(links).toHaveCount(50);
    await page.keyboard.press("j");
    await expect(links.nth(0)).toBeFocused();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await expect(links.nth(1)).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/read\/register\?.*at=para/);
  });

  test("keeps to a narrow window, and to paper", async ({ page }) => {
    await page.setViewportSize(narrow);
    await open(page, "/search?q=lantern&view=concordance&sort=right2");
    await expect(table(page)).toBeVisible();
    await fits(page);
    await accessible(page);
    await picture(page, "concordance-narrow");
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: "print" });
    await expect(table(page)).toContainText("by the second word to the right");
    await expect(page.getByRole("button")).toHaveCount(0);
    await fits(page);
    await picture(page, "concordance-paper");
  });
});

test.describe("the agreements", () => {
  const rows = (page: Page) => page.getByRole("table", { name: /Agreements/ }).locator("tbody tr");

  test("have a row each, with the best hit and where the hits are", async ({ page }) => {
    await open(page, "/search?q=lantern");
    await page.getByRole("navigation", { name: "View" }).getByRole("link", { name: "Agreements" }).click();
    await expect(page).toHaveURL(/view=agreements/);
    const convention = rows(page).filter({ hasText: "Convention on Harbour Lanterns" });
    await expect(convention.getByRole("cell")).toHaveText([
      "1987",
      "League of Harbours",
      "",
      /^\d+ hits$/,
      /^Art\. .*lantern/i,
      "",
    ]);
    await expect(convention.locator("td.best mark").first()).toHaveText(/lantern/i);
    await expect(convention.getByRole("img", { name: /Places of \d+ hits in the document/ })).toBeVisible();
    await accessible(page);
    await picture(page, "agreements");
    await convention.locator("td.best a").click();
    await expect(page).toHaveURL(/\/read\/lantern\?.*at=art/);
  });

  test("sort by their columns, and page", async ({ page }) => {
    await open(page, "/search?q=ferry+OR+lantern+OR+fog+OR+buoy+OR+security&view=agreements");
    const heading = (name: string) => page.getByRole("columnheader", { name, exact: true });
    const numbers = async (column: string) =>
      (await rows(page).locator(column).allTextContents()).map((text) => Number.parseInt(text, 10) || 0);
    const falling = (values: number[]) => [...values].sort((a, b) => b - a);

    await heading("Hits").getByRole("link").click();
    await expect(page).toHaveURL(/sort=hits/);
    await expect(heading("Hits")).toHaveAttribute("aria-sort", "descending");
    await expect(rows(page)).toHaveCount(25);
    const hits = await numbers("td.hits");
    expect(hits).toEqual(falling(hits));

    await heading("Year").getByRole("link").click();
    await expect(heading("Year")).toHaveAttribute("aria-sort", "descending");
    await expect.poll(async () => await numbers("td.year")).toEqual(falling(await numbers("td.year")));
    await heading("Year").getByRole("link").click();
    await expect(heading("Year")).toHaveAttribute("aria-sort", "ascending");
    await expect(heading("Hits")).not.toHaveAttribute("aria-sort");
    await expect(rows(page).first()).toContainText("1950");

    const first = await rows(page).locator("th").allTextContents();
    await page
      .getByRole("navigation", { name: "Pages of agreements" })
      .getByRole("link", { name: "Page 2" })
      .click();
    await expect(page).toHaveURL(/page=2/);
    await expect(rows(page).first()).not.toContainText("1950");
    for (const title of await rows(page).locator("th").allTextContents()) expect(first).not.toContain(title);
    await page.getByRole("link", { name: "Passages", exact: true }).click();
    await expect(page).toHaveURL(/sort=oldest/);
  });

  test("are walked by keys", async ({ page }) => {
    await open(page, "/search?q=ferry&view=agreements");
    await expect(rows(page)).toHaveCount(12);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await expect(rows(page).nth(1).locator("td.best a")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/read\/ferry-.*at=/);
  });

  test("keep to a narrow window, and to paper", async ({ page }) => {
    await page.setViewportSize(narrow);
    await open(page, "/search?q=lantern+OR+security&view=agreements");
    await expect(rows(page).first()).toBeVisible();
    await fits(page);
    await accessible(page);
    await picture(page, "agreements-narrow");
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: "print" });
    await fits(page);
    await picture(page, "agreements-paper");
  });
});

/** The menu of exports, opened by its key. */
async function menu(page: Page) {
  await page.keyboard.press("e");
  const exports = page.getByRole("region", { name: "Export", exact: true });
  await expect(exports).toBeVisible();
  return exports;
}

/** What a choice of the menu downloads: the name of the file and its bytes. */
async function download(page: Page, name: string) {
  const exports = await menu(page);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    exports.getByRole("link", { name, exact: false }).first().click(),
  ]);
  await expect(exports).toBeHidden();
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** The rows of a CSV file (RFC 4180). */
function parseCSV(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (!found) throw new Error(`no cell at ${cell.lastIndex}`);
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** The files of a ZIP archive by name, found through its central directory. */
function unzip(bytes: Buffer): Map<string, string> {
  const files = new Map<string, string>();
  const end = bytes.lastIndexOf("PK\x05\x06", undefined, "latin1");
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, nameLength] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const local = bytes.readUInt32LE(at + 42);
    const data = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    files.set(name, inflateRawSync(bytes.subarray(data, data + packed)).toString("utf8"));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

test.describe("exports", () => {
  const query = "/search?q=lantern+OR+buoy&kind=declaration&kind=treaty&sort=title";

  test("offer what was found, and are reached by keys", async ({ page }) => {
    await open(page, query);
    const exports = await menu(page);
    await expect(exports.getByRole("link", { name: /^CSV/ })).toBeFocused();
    await expect(exports).toContainText(/All \d+ passages in 3 documents/);
    await accessible(page);
    await picture(page, "exports");
    await page.keyboard.press("Escape");
    await expect(exports).toBeHidden();
    await page.setViewportSize(narrow);
    await page.getByRole("button", { name: "Export" }).click();
    await expect(exports).toBeInViewport({ ratio: 1 });
    await fits(page);
    await accessible(page);
    await picture(page, "exports-narrow");
  });

  test("CSV and Excel hold every passage in its order, and no formula", async ({ page }) => {
    await open(page, query);
    const found = await (await page.request.get(at(`/api${query.replace("sort", "hits=500&sort")}`))).json();
    const csv = await download(page, "CSV");
    expect(csv.name).toBe("glossator-passages.csv");
    const [names = [], ...rows] = parseCSV(csv.bytes.toString("utf8"));
    const column = (name: string) => rows.map((row) => row[names.indexOf(name)]);
    expect(rows.length).toBe(found.passages);
    const pinpoints = found.groups.flatMap((g: { hits: { citedPinpoint: string }[] }) =>
      g.hits.map((h) => h.citedPinpoint),
    );
    expect(column("pinpoint")).toEqual(pinpoints);
    expect(new Set(column("organisation"))).toEqual(new Set(["League of Harbours", "'=Union of Pilots"]));
    expect(csv.bytes.toString("utf8")).not.toMatch(/(^|,|\n)"?[=+@-]/);
    await page.goto(column("permalink")[0] ?? "");
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Convention on Harbour Lanterns");

    await open(page, query);
    const xlsx = await download(page, "Excel");
    expect(xlsx.name).toBe("glossator-passages.xlsx");
    const files = unzip(xlsx.bytes);
    expect([...files.keys()]).toContain("[Content_Types].xml");
    const sheet = files.get("xl/worksheets/sheet1.xml") ?? "";
    expect(sheet.match(/<row>/g)?.length).toBe(found.passages + 1);
    expect(sheet).toContain('<t xml:space="preserve">=Union of Pilots</t>');
    expect(sheet).not.toContain("<f>");
    const parser = await emptyPage(page);
    const wellFormed = await parser.evaluate(
      (parts) =>
        parts.every(
          (part) => !new DOMParser().parseFromString(part, "application/xml").querySelector("parsererror"),
        ),
      [...files.values()],
    );
    expect(wellFormed).toBe(true);
  });

  test("JSON has the places of the matches, Markdown the quotations", async ({ page }) => {
    await open(page, query);
    const json = JSON.parse((await download(page, "JSON")).bytes.toString("utf8"));
    expect(json.hits.length).toBe(json.passages);
    for (const hit of json.hits) {
      const points = [...hit.text];
      for (const { start, end } of hit.spans) {
        expect(points.slice(start - hit.start, end - hit.start).join("")).toMatch(/^(lantern|buoy)s?$/i);
      }
    }
    const markdown = await download(page, "Markdown");
    expect(markdown.name).toBe("glossator-passages.md");
    expect(markdown.bytes.toString("utf8")).toContain("## Convention on Harbour Lanterns");
    expect(markdown.bytes.toString("utf8")).toMatch(/> .*\*\*lantern\*\*/);
  });

  test("citation managers get each document once, with its pinpoints", async ({ page }) => {
    await open(page, query);
    const bibtex = (await download(page, "BibTeX")).bytes.toString("utf8");
    expect(bibtex.match(/^@misc\{/gm)?.length).toBe(3);
    expect(bibtex).toMatch(/title = \{\{Convention on Harbour Lanterns\}\}/);
    expect(bibtex).toMatch(/note = \{.*art\. 1/);
    const ris = (await download(page, "RIS")).bytes.toString("utf8");
    const lines = ris.split("\r\n").filter(Boolean);
    for (const line of lines) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- /);
    expect(lines.filter((line) => line.startsWith("TY")).length).toBe(3);
    expect(lines.filter((line) => line.startsWith("ER")).length).toBe(3);
    const items = JSON.parse((await download(page, "CSL-JSON")).bytes.toString("utf8"));
    expect(items.map((item: { type: string }) => item.type)).toEqual([
      "treaty",
      "legislation",
      "legislation",
    ]);
    expect(items[0].section).toContain("art. 1");
  });

  test("the note tells how to repeat the search, also one that found nothing", async ({ page }) => {
    await open(page, query);
    const note = (await download(page, "Methods note")).bytes.toString("utf8");
    expect(note).toContain("Query as typed: `lantern OR buoy`");
    expect(note).toContain("Filters: Kind is `declaration` or `treaty`");
    expect(note).toMatch(/Found: \d+ passages in 3 documents/);
    expect(note).toMatch(/State of the index: all changes up to number \d+/);
    const address = /Address: <(.*)>/.exec(note)?.[1] ?? "";
    await page.goto(address);
    await expect(page.getByRole("status").filter({ hasText: "in 3 documents" })).toBeVisible();

    await open(page, "/search?q=xylophone");
    const exports = await menu(page);
    await expect(exports.getByRole("link")).toHaveText([/Methods note/]);
    const nothing = (await download(page, "Methods note")).bytes.toString("utf8");
    expect(nothing).toContain("Found: 0 passages in 0 documents");
  });

  test("the lines of the concordance leave in their order", async ({ page }) => {
    await open(page, "/search?q=buoy&view=concordance&sort=right2");
    const csv = await download(page, "CSV of the lines");
    expect(csv.name).toBe("glossator-concordance.csv");
    const [names = [], ...rows] = parseCSV(csv.bytes.toString("utf8"));
    expect(rows.length).toBe(144);
    const seconds = rows.map((row) => row[names.indexOf("right")]?.match(/\p{L}+/gu)?.[1]);
    expect(seconds).toEqual([...seconds].sort());
  });
});

test("the browser's address bar can search here", async ({ page }) => {
  await page.goto(at("/"));
  const link = page.locator("link[rel=search]");
  await expect(link).toHaveAttribute("type", "application/opensearchdescription+xml");
  const answer = await page.request.get(at((await link.getAttribute("href")) ?? ""));
  expect(answer.headers()["content-type"]).toContain("application/opensearchdescription+xml");
  const parser = await emptyPage(page);
  const templates = await parser.evaluate(
    (xml) => {
      const description = new DOMParser().parseFromString(xml, "application/xml");
      return [...description.querySelectorAll("Url")].map((url) => url.getAttribute("template") ?? "");
    },
    await answer.text(),
  );
  await page.goto((templates[0] ?? "").replace("{searchTerms}", encodeURIComponent("ferry AND fare")));
  await expect(page.getByLabel("Search agreements and commentary")).toHaveValue("ferry AND fare");
  await expect(page.locator("li.hit mark").first()).toBeVisible();
});
