// What is wrong, too much or meant to harm: refused with its reason, and nothing else breaks.

import { expect, type Page, test } from "@playwright/test";
import { fits, groupOf, password, search, select, setUp, signIn, tag } from "./people";
import { read, type Server, startServer } from "./server";
import { lantern, quays } from "./texts";

let server: Server;
const at = (path: string) => server.url + path;

test.beforeAll(async () => {
  server = await startServer();
  await server.take([quays]);
});
test.afterAll(async () => {
  await server.stop();
});

/** What a page must never show: scripts that ran, errors, and whatever its policy had to stop. */
async function watch(page: Page): Promise<string[]> {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    const refused = /status of 4\d\d/.test(message.text());
    if (message.type() === "error" && !refused) faults.push(`console: ${message.text()}`);
  });
  await page.exposeFunction("fault", (what: string) => faults.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const told = `policy: ${event.violatedDirective} ${event.blockedURI}`;
      (window as unknown as { fault: (what: string) => void }).fault(told);
    });
  });
  return faults;
}

/** Signs in as the editor of this file, who is made with the first call. */
async function editor(page: Page) {
  if (!server.run(["user", "list"]).includes("Accursius")) {
    server.run(["user", "add", "Accursius", "--role", "editor"], `${password}\n`);
  }
  await page.goto(at("/signin?return=%2Flibrary"));
  await signIn(page, "Accursius");
  await expect(page.getByText("Drop files or folders here")).toBeVisible();
}

/** Drops files on the library. */
async function drop(page: Page, files: { name: string; bytes: Buffer }[]) {
  const data = await page.evaluateHandle(
    (sent) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of sent) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        transfer.items.add(new File([bytes], name));
      }
      return transfer;
    },
    files.map(({ name, bytes }) => ({ name, base64: bytes.toString("base64") })),
  );
  await page.getByText("Drop files or folders here").dispatchEvent("drop", { dataTransfer: data });
  await expect(page.getByRole("heading", { name: "Import finished" })).toBeVisible();
}

const treaty = `<treaty><meta><name>Two Towns</name><treaty_identifier>9</treaty_identifier><language>en</language></meta>
<body><chapter number="CHAPTER 1"><article number="ARTICLE 1" name="Geese">All geese are equal before the law.</article></chapter></body></treaty>`;

test("refuses what is no document with its reason, and takes the others", async ({ page }) => {
  const faults = await watch(page);
  await editor(page);
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/",
    "base64",
  );
  await drop(page, [
    { name: "empty.md", bytes: Buffer.alloc(0) },
    { name: "picture.md", bytes: png },
    {
      name: "greek.txt",
      bytes: Buffer.from(
        "\u00d4\u00ef \u00f0\u00eb\u00ef\u00df\u00ef \u00f0\u00eb\u00dd\u00e5\u00e9 \u00f3\u00f4\u00ef \u00f0\u00ef\u00f4\u00dc\u00ec\u00e9.\n",
        "latin1",
      ),
    },
    { name: "half.xml", bytes: Buffer.from(treaty.slice(0, treaty.length / 2)) },
    { name: "whole.xml", bytes: Buffer.from(treaty) },
    { name: lantern.name, bytes: Buffer.from(lantern.text) },
    { name: "what.exe", bytes: Buffer.from("MZ and nothing else") },
  ]);
  const report = page.getByRole("region", { name: "What became of each file" });
  for (const [file, outcome] of [
    ["empty.md", "there is no text in the file"],
    ["picture.md", "PNG"],
    ["greek.txt", "not valid UTF-8"],
    ["half.xml", "the file is damaged"],
    ["what.exe", "the format is not known"],
    ["whole.xml", "Two Towns"],
    [lantern.name, "Convention on Harbour Lanterns"],
  ] as const) {
    await expect(report.getByRole("row", { name: file })).toContainText(outcome);
  }
  await page.getByRole("button", { name: "5 refused" }).click();
  await expect(report.getByRole("row")).toHaveCount(6);
  await page.getByRole("button", { name: "2 taken" }).click();
  await report.getByRole("link", { name: "Two Towns" }).click();
  await expect(page.getByRole("main")).toContainText("All geese are equal before the law.");
  expect(faults).toEqual([]);
});

test("says what is wrong with a manifest, and takes the files beside it", async ({ page }) => {
  const faults = await watch(page);
  await editor(page);
  await drop(page, [
    { name: "manifest.json", bytes: Buffer.from("{ entries: ") },
    {
      name: "alone.md",
      bytes: Buffer.from("# Agreement on Nothing\n\n## Article 1\n\nNothing is agreed.\n"),
    },
  ]);
  const report = page.getByRole("region", { name: "What became of each file" });
  await expect(report.getByRole("row", { name: "manifest.json" })).toContainText(
    "the manifest cannot be used",
  );
  await expect(report.getByRole("row", { name: "alone.md" })).toContainText("Agreement on Nothing");
  expect(faults).toEqual([]);
});

test("says what is wrong with a query, however odd, and goes on", async ({ page }) => {
  const faults = await watch(page);
  await page.goto(at("/"));
  const box = page.getByLabel("Search agreements and commentary");
  const told = page.getByRole("region", { name: "The query cannot be read" });
  for (const [query, message] of [
    ['"cyber attack', 'The quotation mark " is never closed.'],
    ["cyber)", ")"],
    ["(((((", "never closed"],
    ["*", "“*” alone matches every word"],
    ["a*", "matches too many words"],
    ["lanterns, ".repeat(1000), "more than it may; shorten it"],
    [`${"(".repeat(30)}lantern${")".repeat(30)}`, "20"],
    [Array(101).fill("lantern").join(" "), "100"],
    ["year:soon", "not a year"],
    ["AND", "AND"],
  ] as const) {
    await box.fill(query);
    await box.press("Enter");
    await expect(told).toContainText(message);
    expect((await told.innerText()).length).toBeLessThan(2000);
    await fits(page);
  }
  for (const query of [
    "<b>lantern</b>",
    "lantern\u0000",
    "\ud83d\udd6f\ufe0f",
    "%00%ff",
    "\u202elantern",
    "' OR 1=1 --",
    "c++",
  ]) {
    await box.fill(query);
    await box.press("Enter");
    await expect(page.getByRole("main")).toHaveAttribute("aria-busy", "false");
    await expect(page.getByRole("alert").filter({ hasText: /internal|No answer/i })).toHaveCount(0);
  }
  await search(page, "quays");
  await expect(groupOf(page, "Declaration on Open Quays")).toBeVisible();
  expect(faults).toEqual([]);
});

test("shows odd addresses as what they are", async ({ page }) => {
  const faults = await watch(page);
  for (const address of [
    "/search?q=quays&page=0&sort=upwards&year=x&kind=&kind=nothing",
    "/search?q=quays&page=99999999",
    "/search?q=quays&year=2010..2000",
    "/library?page=-3&kind=nothing",
    "/read/quays?at=%3Cimg%20src%3Dx%3E&annotation=nobody&q=%22",
    "/read/..%2f..%2fetc",
    "/s/none",
    "/signin?return=https%3A%2F%2Felsewhere.example%2F",
  ]) {
    await page.goto(at(address));
    await expect(page.getByRole("main")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
    await expect(page.getByText(/could not be shown|internal error/i)).toHaveCount(0);
  }
  await signInElsewhere(page);
  expect(faults).toEqual([]);
});

/** The last address above asks to be led away after signing in, which must not happen. */
async function signInElsewhere(page: Page) {
  server.run(["user", "add", "Rogerius"], `${password}\n`);
  await signIn(page, "Rogerius");
  await expect(page.getByRole("button", { name: "Account of Rogerius" })).toBeVisible();
  expect(page.url().startsWith(server.url)).toBe(true);
}

test("markup in names, titles, texts, concepts and notes stays text", async ({ page, browser }) => {
  const faults = await watch(page);
  const evil = "<img src=x onerror=alert(1)>";
  await editor(page);
  await drop(page, [
    {
      name: `${evil}.md`,
      bytes: Buffer.from(
        [
          "---",
          `title: Agreement on ${evil}`,
          "id: evil",
          `shortTitle: "${evil}"`,
          `organisation: "${evil}"`,
          'address: "javascript:alert(1)"',
          "kind: treaty",
          "language: en",
          "---",
          "",
          `## Article 1 – ${evil}`,
          "",
          `The parrots agree that <script>alert(1)</script> and ${evil} are words. [Click](javascript:alert(1)).`,
        ].join("\n"),
      ),
    },
  ]);
  const report = page.getByRole("region", { name: "What became of each file" });
  await expect(report.getByRole("row", { name: evil })).toContainText("taken");
  await report.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(evil);
  await expect(page.getByRole("link", { name: "Official text" })).toHaveCount(0);
  await select(page, "The parrots agree");
  const composer = page.getByRole("form", { name: "Annotate" });
  await composer.getByRole("combobox", { name: "Concepts", exact: true }).fill(evil);
  await composer.getByRole("listbox").getByRole("option", { name: evil }).click();
  await tag(
    page,
    "parrots",
    `[press me](javascript:alert(1)) ${evil} https://a.example/"onload="alert(1)`,
    "public",
  );
  const card = page.locator("[role=comment]");
  await expect(card).toContainText("[press me](javascript:alert(1))");
  await expect(card).toContainText(evil);
  for (const link of await page.getByRole("link").all()) {
    expect(await link.getAttribute("href")).not.toMatch(/^\s*javascript:/i);
  }

  await read(server.url);
  await search(page, "parrots");
  await expect(page.locator("li.hit .chip").first()).toContainText(evil);
  await expect(page.getByRole("complementary", { name: "Preview" })).toContainText("[press me]");
  await page
    .getByRole("complementary", { name: "Filters" })
    .getByRole("checkbox", { name: evil })
    .first()
    .check();
  await expect(page.getByRole("list", { name: "Filters that are on" })).toContainText(evil);
  await page.getByRole("button", { name: /Save search/ }).click();
  await page.getByRole("dialog").getByLabel("Name").fill(evil);
  await page.getByRole("dialog").getByRole("button", { name: /^Save/ }).click();
  await page.getByRole("link", { name: "Go to Saved" }).click();
  const saved = page.getByRole("region", { name: evil });
  await saved.getByRole("button", { name: `Share ${evil}` }).click();
  await page.getByRole("button", { name: "Create link" }).click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  const context = await browser.newContext();
  const theirs = await context.newPage();
  const theirFaults = await watch(theirs);
  await theirs.goto(link);
  await expect(theirs.getByRole("region", { name: "Shared search" })).toContainText(evil);
  await theirs.goto(at("/"));
  await expect(theirs.getByRole("region", { name: "Or by concept" })).toContainText(evil);
  await theirs.goto(at("/library"));
  await expect(theirs.getByRole("link", { name: evil })).toBeVisible();
  expect(theirFaults).toEqual([]);

  await page.getByRole("button", { name: /Revoke the link/ }).click();
  await page.getByRole("button", { name: "Revoke for good" }).click();
  await expect(page.getByText(/, revoked/)).toBeVisible();
  await theirs.goto(link);
  await expect(theirs.getByRole("heading", { name: "This link leads nowhere" })).toBeVisible();
  await context.close();
  expect(await page.locator("img").count()).toBe(0);
  expect(faults).toEqual([]);
});

test("a wrong password says so, and not which part was wrong", async ({ page }) => {
  await editor(page);
  await page.getByRole("button", { name: "Account of Accursius" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  await page.goto(at("/signin?return=%2Fsaved"));
  const told: (string | null)[] = [];
  for (const name of ["Accursius", "Nobody at all"]) {
    await signIn(page, name, "not the password");
    const alert = page.getByRole("alert");
    await expect(alert).toBeFocused();
    told.push(await alert.textContent());
    await page.reload();
  }
  expect(told[0]).toMatch(/password/);
  expect(told[1]).toBe(told[0]);
  await signIn(page, "Accursius");
  await expect(page).toHaveURL(at("/saved"));
});

test("the first account needs a whole link and a long password, and its link works once", async ({
  page,
}) => {
  const own = await startServer();
  try {
    await page.goto(`${own.url}/setup`);
    await expect(page.getByRole("heading", { name: "The link is not whole" })).toBeVisible();
    await page.goto(`${own.url}/setup?token=guessed`);
    await page.getByLabel("Name").fill("Irnerius");
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Make the account" }).click();
    await expect(page.getByRole("alert")).toContainText(/link/);

    await page.goto(own.setup);
    await page.getByLabel("Name").fill("Irnerius");
    await page.getByLabel("Password").fill("short");
    await page.getByRole("button", { name: "Make the account" }).click();
    await expect(page.getByRole("alert")).toContainText("10");
    await expect(page.getByLabel("Name")).toHaveValue("Irnerius");
    await setUp(page, own.setup, "Irnerius");
    await expect(page).toHaveURL(`${own.url}/library`);
    await page.goto(own.setup);
    await expect(page.getByRole("heading", { name: "There is an account already" })).toBeVisible();
  } finally {
    await own.stop();
  }
});

test("a member does not import, and is told who does", async ({ page }) => {
  server.run(["user", "add", "Placentinus"], `${password}\n`);
  await page.goto(at("/library"));
  await expect(page.getByText("Only editors and administrators import documents.")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await signIn(page, "Placentinus");
  await expect(page.getByText("your account is neither")).toBeVisible();
  await expect(page.getByLabel("Files to import")).toHaveCount(0);
});

test("says when the server is away, and goes on when it is back", async ({ page, context }) => {
  await page.goto(at("/"));
  await search(page, "quays");
  await context.setOffline(true);
  const box = page.getByLabel("Search agreements and commentary");
  await box.fill("distress");
  await box.press("Enter");
  await expect(page.getByRole("alert")).toContainText("The server cannot be reached", { timeout: 20_000 });
  await context.setOffline(false);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(groupOf(page, "Declaration on Open Quays").locator("mark")).toHaveText("distress");
});
