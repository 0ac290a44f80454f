// The unmodified browser client of Hypothesis, from its package, on a page of
// another site and in our reader: it signs in, reads, writes, replies, deletes.

import { readFile } from "node:fs/promises";
import { createServer, type Server as Pages } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { expect, type FrameLocator, type Page, test } from "@playwright/test";
import { password, picture } from "./people";
import { type Server, startServer } from "./server";
import { lantern } from "./texts";

const client = join(import.meta.dirname, "../node_modules/hypothesis/build");
const types: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".woff2": "font/woff2",
};

let pages: Pages;
let site: string;
let server: Server;

test.beforeAll(async () => {
  pages = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://pages.example");
    const type = types[extname(pathname)];
    const body = pathname.startsWith("/client/build/")
      ? await readFile(join(client, pathname.slice("/client/build/".length))).catch(() => null)
      : pathname === "/lantern.html" && lanternPage();
    if (!body || !type) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": type, "Access-Control-Allow-Origin": "*" }).end(body);
  });
  await new Promise<void>((done) => pages.listen(0, "127.0.0.1", done));
  site = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  process.env.GLOSSATOR_HYPOTHESIS_CLIENT = `${site}/client/`;
  server = await startServer();
  delete process.env.GLOSSATOR_HYPOTHESIS_CLIENT;
  const text = lantern.text.replace('language: "en"', `language: "en"\naddress: "${site}/lantern.html"`);
  await server.take([{ name: lantern.name, text }]);
  server.run(["user", "add", "Irnerius", "--role", "editor"], `${password}\n`);
  server.run(["user", "add", "Bulgarus"], `${password}\n`);
});
test.afterAll(async () => {
  await server.stop();
  await new Promise((done) => pages.close(done));
});

/** The text as another site shows it: its lines broken elsewhere, words of its own around it. */
function lanternPage(): string {
  const paragraphs = lantern.text
    .replace(/^---[\s\S]*?---/, "")
    .split(/\n+/)
    .map((line) => line.replace(/^#+\s*/, ""))
    .filter(Boolean)
    .map((line) => `<p>${line.replace(/(\S+ \S+) /g, "$1\n  ")}</p>`);
  return `<!doctype html><html lang="en"><title>Lanterns</title><nav>Home</nav>${paragraphs.join("")}
    <script src="${server.url}/hypothesis/embed.js"></script></html>`;
}

const sidebar = (page: Page): FrameLocator => page.frameLocator("hypothesis-sidebar iframe");

/** Opens the sidebar and signs in through the window that the client opens. */
async function signIn(page: Page, name: string) {
  await page.getByRole("button", { name: "Annotation sidebar" }).click();
  const popup = page.waitForEvent("popup");
  await sidebar(page).getByRole("button", { name: "Log in" }).first().click();
  const window = await popup;
  await picture(window, "hypothesis-allow");
  await window.getByLabel("Name").fill(name);
  await window.getByLabel("Password").fill(password);
  const closed = window.waitForEvent("close");
  await window.getByRole("button", { name: "Allow" }).click();
  await closed;
  await expect(sidebar(page).getByTestId("user-menu")).toBeVisible();
}

/** Selects words of the page with the keyboard's means and asks the client to annotate them. */
async function annotate(page: Page, words: string) {
  await page.evaluate((wanted) => {
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = nodes.nextNode() as Text | null; node; node = nodes.nextNode() as Text | null) {
      const match = new RegExp(wanted.split(" ").join("\\s+")).exec(node.data);
      if (!match) continue;
      node.parentElement?.scrollIntoView({ block: "center" });
      getSelection()?.setBaseAndExtent(node, match.index, node, match.index + match[0].length);
      return;
    }
    throw new Error(`the page does not show “${wanted}”`);
  }, words);
  await page
    .locator("hypothesis-adder")
    .getByRole("button", { name: /Annotate/ })
    .click();
}

const cards = (page: Page, text: string) =>
  sidebar(page).getByTestId("thread-card").filter({ hasText: text });

async function post(page: Page, note: string, tag = "") {
  const frame = sidebar(page);
  await frame
    .getByRole("textbox", { name: /^Enter (comment|reply)$/ })
    .first()
    .fill(note);
  if (tag) {
    await frame.getByRole("combobox", { name: "Add tags" }).fill(tag);
    await frame.getByRole("combobox", { name: "Add tags" }).press("Enter");
  }
  await frame.getByTestId("publish-control-button").click();
  await expect(frame.getByTestId("publish-control-button")).toBeHidden();
}

/** The notes on the current text that a stranger may read. */
async function notes(): Promise<string[]> {
  const { versions } = await (await fetch(`${server.url}/api/documents/lantern`)).json();
  const found = await (await fetch(`${server.url}/api/versions/${versions[0].id}/annotations`)).json();
  return found.annotations.map((one: { note: string }) => one.note);
}

test("annotates a page of another site, where the text comes from", async ({ page, browser }) => {
  await page.goto(`${site}/lantern.html`);
  await signIn(page, "Irnerius");
  await annotate(page, "shall keep a lantern lit");
  await post(page, "Until *dawn*, not after.", "duty of light");
  await expect(cards(page, "not after")).toBeVisible();
  await expect(page.locator("hypothesis-highlight").first()).toBeAttached();
  await picture(page, "hypothesis-page");
  const reader = await page.context().newPage();
  await reader.goto(`${server.url}/read/lantern`);
  const card = reader.locator("[role=comment]").filter({ hasText: "not after" });
  await expect(card).toContainText("duty of light");
  await reader.close();

  // Somebody else answers it on the same page.
  const other = await (await browser.newContext()).newPage();
  await other.goto(`${site}/lantern.html`);
  await signIn(other, "Bulgarus");
  await expect(cards(other, "not after")).toContainText("Irnerius");
  await expect(cards(other, "not after").getByRole("button", { name: "Edit" })).toBeHidden();
  await cards(other, "not after").getByRole("button", { name: "Reply" }).click();
  await post(other, "And at noon?");
  await expect(cards(other, "And at noon?")).toBeVisible();
  await expect.poll(notes).toContain("And at noon?");

  // Whoever made it changes it, and deletes it.
  await cards(page, "not after").getByRole("button", { name: "Edit" }).first().click();
  await post(page, "Until dawn has come.");
  await expect.poll(notes).toContain("Until dawn has come.");
  await cards(other, "And at noon?").getByRole("button", { name: "Delete" }).last().click();
  await sidebar(other).getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect.poll(notes).not.toContain("And at noon?");
  await other.context().close();
  await cards(page, "dawn has come").getByRole("button", { name: "Delete" }).first().click();
  await sidebar(page).getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect.poll(notes).toEqual([]);
});

test("annotates in the reader, where the operator allows it", async ({ page }) => {
  await page.goto(`${server.url}/read/lantern`);
  await expect(page.locator(".host [data-start]").first()).toBeAttached();
  // As a bookmark would: the page's own policy holds.
  await page.addScriptTag({ url: "/hypothesis/embed.js" });
  await signIn(page, "Irnerius");
  await annotate(page, "ring the harbour bell");
  await post(page, "How long?");
  await expect(cards(page, "How long?")).toBeVisible();
  await picture(page, "hypothesis-reader");
  await page.reload();
  await expect(page.locator("[role=comment]").filter({ hasText: "How long?" })).toBeVisible();
});
