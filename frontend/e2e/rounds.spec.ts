// A coding round from its opening to what was decided: two people tag two documents, neither sees the other's tags
// until it closes, the figures are those worked out by hand, and every original is kept.

import { type Browser, expect, type Page, test } from "@playwright/test";
import { accessible, fits, password, picture, select, signIn } from "./people";
import { read, type Server, startServer } from "./server";
import { lantern, quays } from "./texts";

let server: Server;
const at = (path: string) => server.url + path;
const tokens: Record<string, string> = {};

test.beforeAll(async () => {
  server = await startServer();
  await server.take([lantern, quays]);
  for (const name of ["Irnerius", "Bulgarus", "Martinus"]) {
    server.run(["user", "add", name], `${password}\n`);
    tokens[name] = server.run(["token", "add", name, "test"]).trim().split(/\s+/).at(-1) ?? "";
  }
});
test.afterAll(async () => {
  await server.stop();
});

async function pageOf(browser: Browser, name: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(at("/signin"));
  await signIn(page, name);
  await expect(page.getByRole("button", { name: `Account of ${name}` })).toBeVisible();
  return page;
}

/** Asks the API as somebody and gives the body of the answer. */
async function ask(name: string, method: string, path: string, body?: unknown) {
  const response = await fetch(at(path), {
    method,
    headers: { Authorization: `Bearer ${tokens[name]}`, "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
  return response.status === 204 ? undefined : response.json();
}

/** Tags words of a document in a round by the API. */
async function tagged(name: string, round: string, document: string, words: string, concept: string) {
  const { versions } = await ask(name, "GET", `/api/documents/${document}`);
  const version = await ask(name, "GET", `/api/versions/${versions[0].id}`);
  const start = version.text.indexOf(words);
  const targets = [{ start, end: start + words.length, exact: words }];
  await ask(name, "POST", "/api/annotations", { version: version.id, targets, concepts: [concept], round });
}

/** The screen fits into a narrow window too, and looks right there. */
async function narrow(page: Page, name: string) {
  const before = page.viewportSize() ?? { width: 1280, height: 720 };
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, `${name}-360`);
  await page.setViewportSize(before);
}

test("two people code apart, and where they disagree somebody decides", async ({ browser }) => {
  test.slow();
  const leader = await pageOf(browser, "Irnerius");
  await leader.getByRole("button", { name: "Account of Irnerius" }).click();
  await leader.getByRole("link", { name: "Coding rounds" }).click();
  await expect(leader.getByText("You take part in no coding round yet.")).toBeVisible();
  await accessible(leader);
  await leader.getByRole("link", { name: "New round" }).click();

  await leader.getByRole("button", { name: "Open the round" }).click();
  await expect(leader.getByRole("alert")).toContainText("a name, a concept, a document, somebody who codes");
  await leader.getByLabel("Name", { exact: true }).fill("Duties of harbours");
  await leader.getByLabel("Instructions for the coders").fill("Tag *every* duty to take care.");
  await leader.getByRole("checkbox", { name: "due diligence" }).check();
  await leader.getByRole("checkbox", { name: "jurisdiction" }).check();
  for (const [typed, title] of [
    ["lantern conv", "Lantern Convention"],
    ["open quays", "Declaration on Open Quays"],
  ]) {
    await leader.getByRole("combobox", { name: "Add a document" }).fill(typed as string);
    await leader.getByRole("option", { name: title }).click();
  }
  const people = leader.getByRole("combobox", { name: "Who codes" });
  await people.fill("nobody");
  await expect(leader.getByText("There is no account with such a name.")).toBeVisible();
  for (const [typed, name] of [
    ["bul", "Bulgarus"],
    ["mart", "Martinus"],
  ]) {
    await people.fill(typed as string);
    await leader.getByRole("option", { name }).waitFor();
    await people.press("Enter");
    await expect(leader.getByRole("button", { name: `Leave out ${name}` })).toBeVisible();
  }
  await accessible(leader);
  await picture(leader, "rounds-new");
  await narrow(leader, "rounds-new");
  await leader.getByRole("button", { name: "Open the round" }).click();
  await expect(leader.getByRole("heading", { level: 2, name: "0 of 4 codings finished" })).toBeVisible();
  const round = leader.url().split("/").at(-1) as string;

  // One coder works in the reader: the address says in which round.
  const coder = await pageOf(browser, "Bulgarus");
  await coder.goto(at("/rounds"));
  await expect(coder.getByText("2 documents for you to code.")).toBeVisible();
  await picture(coder, "rounds-list");
  await coder.getByRole("link", { name: "Duties of harbours" }).click();
  await expect(coder.getByText("Martinus")).toHaveCount(0);
  await accessible(coder);
  await picture(coder, "rounds-coder");
  await coder.getByRole("link", { name: "Lantern Convention" }).click();
  await expect(coder.getByRole("region", { name: "Coding round" })).toContainText("Duties of harbours");
  await select(coder, "keep a lantern lit");
  const composer = coder.getByRole("form", { name: "Annotate" });
  await composer.getByRole("combobox", { name: "Concepts", exact: true }).fill("due diligence");
  await composer.getByRole("option", { name: "due diligence" }).first().click();
  await expect(composer).toContainText("Round: Duties of harbours");
  await accessible(coder, [".column .host"]);
  await picture(coder, "rounds-reader");
  await composer.getByRole("button", { name: "Save" }).click();
  await expect(composer).toBeHidden();
  await coder.getByRole("checkbox", { name: "Finished" }).click();
  await expect(coder.getByRole("checkbox", { name: "Finished" })).toBeChecked();

  await tagged("Bulgarus", round, "lantern", "ring the harbour bell", "due-diligence");
  await tagged("Bulgarus", round, "lantern", "heard by three pilots", "jurisdiction");
  await ask("Bulgarus", "POST", `/api/rounds/${round}/finished`, { document: "quays", finished: true });
  await tagged(
    "Martinus",
    round,
    "lantern",
    "Each harbour shall keep a lantern lit from dusk to dawn.",
    "due-diligence",
  );
  await tagged("Martinus", round, "lantern", "heard by three pilots", "jurisdiction");
  await tagged("Martinus", round, "quays", "No lantern shall be put out", "due-diligence");
  for (const document of ["lantern", "quays"]) {
    await ask("Martinus", "POST", `/api/rounds/${round}/finished`, { document, finished: true });
  }
  await read(server.url);

  // Neither the other coder nor whoever leads the round sees what was tagged.
  const { versions } = await ask("Martinus", "GET", "/api/documents/lantern");
  for (const [name, own] of [
    ["Martinus", 2],
    ["Irnerius", 0],
  ] as const) {
    const margin = await ask(name, "GET", `/api/versions/${versions[0].id}/annotations`);
    expect(margin.annotations.length, `what ${name} sees`).toBe(own);
    const found = await ask(name, "GET", "/api/search?q=by:bulgarus");
    expect(found.passages, `what ${name} finds`).toBe(0);
  }
  await leader.goto(at(`/rounds/${round}/agreement`));
  await expect(leader.getByText("The round is open")).toBeVisible();

  await leader.getByRole("link", { name: "Progress", exact: true }).click();
  await expect(leader.getByRole("heading", { level: 2, name: "4 of 4 codings finished" })).toBeVisible();
  await accessible(leader);
  await picture(leader, "rounds-progress");
  await narrow(leader, "rounds-progress");
  await leader.getByRole("button", { name: "Close the round" }).click();
  await leader.getByRole("button", { name: "Close it" }).click();
  await expect(leader.getByText(/^closed /)).toBeVisible();

  // Of nine passages both tag article 1, Bulgarus article 5 and Martinus the second paragraph of the declaration:
  // 7 of 9 agree; by chance 4/81 + 49/81 would; 18 values of which 4 are yes and two units differ.
  await leader.getByRole("link", { name: "Agreement", exact: true }).click();
  const row = leader.getByRole("row", { name: /due diligence/ });
  await expect(row.getByRole("cell")).toContainText(["0.393", "0.357", "77.8 %", "22.2 %", "9"]);
  await expect(leader.getByRole("row", { name: /jurisdiction/ }).getByRole("cell")).toContainText([
    "1.000",
    "1.000",
    "100.0 %",
    "11.1 %",
    "9",
  ]);
  await expect(leader.getByRole("row", { name: /All concepts/ }).getByRole("cell")).toContainText([
    "",
    "",
    "88.9 %",
    "16.7 %",
    "18",
  ]);
  await leader.getByText("What the figures mean").click();
  await accessible(leader);
  await picture(leader, "rounds-agreement");
  await narrow(leader, "rounds-agreement");
  await leader.getByRole("link", { name: "By character" }).click();
  await expect(leader.getByRole("columnheader", { name: "Characters" })).toBeVisible();

  // By key: as the second coder, undone, as both.
  await leader.getByRole("link", { name: "Disagreements", exact: true }).click();
  const items = leader.getByRole("main").locator("li.disagreement");
  await expect(items).toHaveCount(3);
  await expect(items.first()).toContainText("other beginning or end");
  await expect(items.first().locator("mark")).toHaveText([
    "keep a lantern lit",
    "Each harbour shall keep a lantern lit from dusk to dawn.",
  ]);
  await accessible(leader);
  await picture(leader, "rounds-disagreements");
  await narrow(leader, "rounds-disagreements");
  await leader.keyboard.press("j");
  await expect(items.first()).toBeFocused();
  await leader.keyboard.press("2");
  await expect(items.first()).toContainText("Decided: as Martinus");
  await expect(items.nth(1)).toBeFocused();
  await leader.keyboard.press("u");
  await expect(items.first()).not.toContainText("Decided");
  await leader.keyboard.press("m");
  await leader.keyboard.type("The ship is not part of the duty");
  await leader.keyboard.press("Escape");
  await leader.keyboard.press("1");
  await expect(items.first()).toContainText("Decided: as Bulgarus");
  await expect(items.first()).toContainText("The ship is not part of the duty");
  await leader.keyboard.press("n");
  await expect(items.nth(1)).toContainText("Decided: not tagged");
  await leader.keyboard.press("o");
  const field = leader.getByRole("textbox", { name: "Text of the passage" });
  await expect(field).toBeFocused();
  for (let at = 0; at < 3; at++) await leader.keyboard.press("ArrowRight");
  for (let at = 3; at < 13; at++) await leader.keyboard.press("Shift+ArrowRight");
  await leader.keyboard.type("nothing can be written");
  expect(
    await field.evaluate((area: HTMLTextAreaElement) => [area.selectionStart, area.selectionEnd]),
  ).toEqual([3, 13]);
  await field.press("Enter");
  await expect(items.nth(2)).toContainText("Decided: other words");
  await expect(leader.getByText("Everything is decided.")).toBeVisible();
  await accessible(leader);
  await picture(leader, "rounds-decided");

  // Every original is kept, and is compared by whoever took part.
  const kept = await ask("Bulgarus", "GET", `/api/rounds/${round}/disagreements`);
  expect(kept.disagreements[0].coders.map((c: { stretches: unknown[] }) => c.stretches.length)).toEqual([
    1, 1,
  ]);
  expect(kept.undecided).toBe(0);
  await leader.reload();
  await expect(items.first()).toContainText("Decided: as Bulgarus");
  const result = await leader.request.get(at(`/api/rounds/${round}/result`));
  expect(await result.text()).toContain("due diligence,decided,yes,keep a lantern lit,Irnerius");
});
