// What is known of a document: an editor mends it, sees it in search, looks back and goes back; two editors meet.

import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { accessible, fits, password, picture, setUp, signIn } from "./people";
import { read, type Server, startServer } from "./server";

test.describe.configure({ mode: "serial" });

let server: Server;
let anna: BrowserContext;
let page: Page;

const quays = {
  name: "quays.md",
  text: "---\ntitle: Agreement on Quays\nkind: treaty\norganisation: League of Ports\nsigned: 2003-02-01\n---\n\n## Article 1 – Quays\n\nThe quays stay open at night.\n",
};
const piers = {
  name: "piers.md",
  text: "---\ntitle: Agreement on Piers\nkind: treaty\nsigned: 2013-02-01\n---\n\n## Article 1 – Piers\n\nThe piers stay open at night.\n",
};

test.beforeAll(async ({ browser }) => {
  server = await startServer();
  await server.take([quays, piers]);
  anna = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 900 } });
  page = await anna.newPage();
  await setUp(page, server.setup, "Anna");
});

test.afterAll(async () => {
  await anna?.close();
  await server?.stop();
});

const form = () => page.getByRole("form", { name: "What is known of it" });

test("an editor mends what is known, with parties from the list", async () => {
  await page.goto("/read/quays");
  await page.getByRole("link", { name: "About it" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Agreement on Quays" })).toBeVisible();
  await accessible(page);

  const party = form().getByRole("combobox", { name: "Add a party" });
  await party.fill("Republic of Kor");
  await expect(form().getByRole("option", { name: /South Korea/ })).toBeVisible();
  await picture(page, "metadata-combobox");
  await accessible(page);
  await party.press("Enter");
  await party.fill("ussr");
  await expect(form().getByRole("option", { name: /Soviet Union.*until 1992/ })).toBeVisible();
  await party.press("Enter");
  await party.fill("Atlantis");
  await expect(form().getByRole("option", { name: /Atlantis.*not on the list/ })).toBeVisible();
  await party.press("Enter");
  await expect(form().getByRole("listitem").filter({ hasText: "not recognised" })).toHaveText(/Atlantis/);

  await form().getByLabel("Region").fill("Coasts");
  await form().getByRole("combobox", { name: "Superseded by" }).fill("piers");
  await form()
    .getByRole("option", { name: /Agreement on Piers/ })
    .click();
  await expect(form().getByText("Not saved: region, parties, superseded by")).toBeVisible();
  await form().getByRole("button", { name: "Save" }).click();
  await expect(form().getByText("Saved.")).toBeVisible();
  await expect(page.getByText("Edited by Anna")).toBeVisible();
  await accessible(page);
  await picture(page, "metadata");
});

test("search has it: the facets, and how it stands on every hit", async () => {
  await read(server.url);
  await page.goto("/search?q=night");
  const filters = page.getByRole("complementary").or(page.locator(".facets")).first();
  await expect(filters).toContainText("South Korea");
  await expect(filters).toContainText("Coasts");
  await expect(page.locator(".grp", { hasText: "Agreement on Quays" }).locator(".standing")).toHaveText(
    "superseded",
  );
  await page.goto("/search?q=night&party=SUN");
  await expect(page.locator(".grp")).toHaveCount(1);
  await picture(page, "metadata-search");
  await page.goto("/read/quays");
  await page
    .getByRole("banner")
    .or(page.locator(".masthead"))
    .getByRole("link", { name: "Agreement on Piers" })
    .click();
  await expect(page).toHaveURL(/read\/piers/);
  await page.goto("/library");
  await expect(page.getByRole("row", { name: /Agreement on Quays/ })).toContainText("superseded");
  await accessible(page);
});

test("an import leaves it alone, and an earlier state comes back", async () => {
  await server.take([
    { ...quays, text: quays.text.replace("signed:", "region: Elsewhere\nparties: [DEU]\nsigned:") },
  ]);
  await page.goto("/library/quays");
  await expect(form().getByLabel("Region")).toHaveValue("Coasts");
  await page
    .getByRole("button", { name: /Bring back .* Imported/ })
    .last()
    .click();
  await expect(page.getByText("An earlier state brought back by Anna")).toBeVisible();
  await expect(form().getByLabel("Region")).toHaveValue("");
  await expect(form().getByRole("listitem")).toHaveCount(0);
  await picture(page, "metadata-history");
});

test("two who edit one field: the second is told, and keeps what was typed", async ({ browser }) => {
  server.run(["user", "add", "Otto", "--role", "editor"], `${password}\n`);
  const otto = await browser.newContext({ baseURL: server.url });
  const his = await otto.newPage();
  await his.goto("/signin?return=/library/quays");
  await signIn(his, "Otto");
  const other = his.getByRole("form", { name: "What is known of it" });
  await other.getByLabel("Region").fill("Shores");
  await other.getByLabel("Licence").fill("His licence");

  await form().getByLabel("Region").fill("Banks");
  await form().getByLabel("Remarks").fill("Her remark");
  await other.getByRole("button", { name: "Save" }).click();
  await expect(other.getByText("Saved.")).toBeVisible();
  await form().getByRole("button", { name: "Save" }).click();

  await expect(page.getByRole("alert")).toContainText("Somebody else has changed region");
  await expect(form().getByText("Somebody else wrote: Shores")).toBeVisible();
  await expect(form().getByLabel("Region")).toHaveValue("Banks");
  await expect(form().getByLabel("Licence")).toHaveValue("His licence");
  await accessible(page);
  await picture(page, "metadata-conflict");
  await form().getByRole("button", { name: "Use that" }).click();
  await form().getByRole("button", { name: "Save" }).click();
  await expect(form().getByText("Saved.")).toBeVisible();
  await expect(form().getByLabel("Region")).toHaveValue("Shores");
  await expect(form().getByLabel("Remarks")).toHaveValue("Her remark");
  await otto.close();
});

test("the language of a text is corrected, and old links go on to work", async () => {
  await page.goto("/library/quays");
  const text = page.getByRole("listitem").filter({ hasText: "English, version 2" });
  await text.getByLabel("Language of English, version 2").selectOption("da");
  await text.getByRole("button", { name: "Correct the language" }).click();
  await expect(page.getByRole("link", { name: "Danish, version 1" })).toBeVisible();
  await expect(page.getByText("Language of a version corrected by Anna")).toBeVisible();
});

test("a stranger reads it, on a narrow screen too", async ({ browser }) => {
  const stranger = await browser.newContext({ baseURL: server.url, viewport: { width: 360, height: 740 } });
  const narrow = await stranger.newPage();
  await narrow.goto("/library/quays");
  await expect(narrow.getByText("League of Ports").first()).toBeVisible();
  await expect(narrow.getByRole("button", { name: /Bring/ })).toHaveCount(0);
  await fits(narrow);
  await accessible(narrow);
  await picture(narrow, "metadata-stranger-narrow");
  await narrow.goto("/library/nothing");
  await expect(narrow.getByRole("heading", { name: "There is no such document" })).toBeVisible();
  await accessible(narrow);
  await stranger.close();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto("/library/quays");
  await expect(form()).toBeVisible();
  await fits(page);
  await accessible(page);
  await picture(page, "metadata-narrow");
});
