// People make a group, join it by a link and leave it.

import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, password, picture, signIn } from "./people";
import { type Server, startServer } from "./server";
import { lantern } from "./texts";

let server: Server;
const at = (path: string) => server.url + path;

test.beforeAll(async () => {
  server = await startServer();
  await server.take([lantern]);
  for (const name of ["Owner", "Colleague"]) server.run(["user", "add", name], `${password}\n`);
});
test.afterAll(async () => {
  await server.stop();
});

test("a group is made, joined by a link, and left", async ({ page, browser }) => {
  await page.goto(at("/signin?return=%2Fgroups"));
  await signIn(page, "Owner");
  await expect(page.getByText("You are in no group yet.")).toBeVisible();
  await accessible(page);
  await picture(page, "groups-empty");
  await page.getByRole("button", { name: "New group" }).click();
  await page.getByLabel("Name").fill("Harbour seminar");
  await page.getByLabel("Description").fill("What harbours owe each other");
  await page.getByRole("button", { name: "Make the group" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Harbour seminar" })).toBeVisible();
  await page.getByRole("button", { name: "Create link" }).click();
  const link = await page.getByLabel("Invitation", { exact: true }).inputValue();
  await accessible(page);
  await picture(page, "group");

  const other = await browser.newPage();
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "Owner invites you to Harbour seminar" })).toBeVisible();
  await expect(other.getByText("made by its administrators")).toBeVisible();
  await accessible(other);
  await picture(other, "join");
  await other.getByRole("main").getByRole("link", { name: "Sign in to join" }).click();
  await signIn(other, "Colleague");
  await other.getByRole("button", { name: "Join the group" }).click();
  await expect(other.getByRole("heading", { level: 1, name: "Harbour seminar" })).toBeVisible();
  await expect(other.getByText("you are annotator")).toBeVisible();

  await other.goto(at("/groups"));
  await accessible(other);
  await picture(other, "groups");
  await other.setViewportSize({ width: 360, height: 740 });
  await fits(other);
  await other.getByRole("link", { name: "Harbour seminar", exact: true }).click();
  await other.getByRole("button", { name: "Leave" }).click();
  await other.getByRole("button", { name: "Leave Harbour seminar" }).click();
  await expect(other.getByText("You are in no group yet.")).toBeVisible();
});

/** Notes something for a group on the first words of the only text, with the rights of whoever is signed in. */
function note(page: Page, group: string, words: string): Promise<number> {
  return page.evaluate(
    async ([group, words]) => {
      const { documents } = await (await fetch("/api/documents")).json();
      const { versions } = await (await fetch(`/api/documents/${documents[0].id}`)).json();
      const body = JSON.stringify({
        version: versions[0].id,
        targets: [{ start: 0, end: 10 }],
        note: words,
        visibility: "group",
        group,
      });
      const headers = { "Content-Type": "application/json" };
      return (await fetch("/api/annotations", { method: "POST", headers, body })).status;
    },
    [group, words] as const,
  );
}

test("what is in a group is moved, taken back, copied and exported", async ({ page, browser }) => {
  await page.goto(at("/signin?return=%2Fgroups"));
  await signIn(page, "Owner");
  await expect(page.getByRole("button", { name: "New group" })).toBeVisible();
  const make = async (name: string) => {
    await page.goto(at("/groups"));
    await page.getByRole("button", { name: "New group" }).click();
    await page.getByLabel("Name").fill(name);
    await page.getByRole("button", { name: "Make the group" }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    return page.url().split("/").at(-1) ?? "";
  };
  await make("Pilots");
  const group = await make("Keepers");
  await page.getByRole("button", { name: "Create link" }).click();
  const link = await page.getByLabel("Invitation", { exact: true }).inputValue();
  const other = await browser.newPage();
  await other.goto(link);
  await other.getByRole("main").getByRole("link", { name: "Sign in to join" }).click();
  await signIn(other, "Colleague");
  await other.getByRole("button", { name: "Join the group" }).click();
  await expect(other.getByText("you are annotator")).toBeVisible();
  expect(await note(other, group, "what the colleague saw")).toBe(201);
  for (const words of ["first", "second"]) expect(await note(page, group, words)).toBe(201);

  await page.reload();
  await expect(page.getByText("3 annotations")).toBeVisible();
  await page.getByRole("button", { name: "Move or copy" }).click();
  const dialog = page.getByRole("dialog", { name: "Move or copy what is in Keepers" });
  await dialog.getByRole("radio", { name: "All in the group" }).check();
  await dialog.getByLabel("Who can see them then").last().selectOption("Pilots");
  await accessible(page);
  await picture(page, "group-move");
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(page.getByText("3 annotations are in Pilots now.")).toBeVisible();
  await expect(page.getByText("Nothing has been annotated in this group yet.")).toBeVisible();
  await accessible(page);
  await page.keyboard.press("u");
  await expect(page.getByText(/^Undone/)).toBeVisible();
  await expect(page.getByText("3 annotations", { exact: false }).first()).toBeVisible();

  // What others made cannot be made private; it can be copied.
  await page.getByRole("button", { name: "Move or copy" }).click();
  await dialog.getByRole("radio", { name: "All in the group" }).check();
  await dialog.getByRole("button", { name: "Move", exact: true }).click();
  await expect(page.getByText("2 annotations are private now. 1 annotation stayed.")).toBeVisible();
  await page.getByRole("button", { name: "Move or copy" }).click();
  await dialog.getByRole("radio", { name: "All in the group" }).check();
  await dialog.getByRole("radio", { name: /^Copy/ }).check();
  await dialog.getByLabel("Who can see them then").last().selectOption("Pilots");
  await dialog.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.getByText("1 copy is in Pilots now.")).toBeVisible();

  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "group-narrow");
  await page.getByRole("button", { name: "Export" }).click();
  const out = page.getByRole("dialog", { name: "Export Keepers" });
  await out.getByLabel("Format").selectOption("csv");
  await accessible(page);
  await fits(page);
  await picture(page, "group-export-narrow");
  const waiting = page.waitForEvent("download");
  await out.getByRole("link", { name: "Download" }).click();
  const file = readFileSync((await (await waiting).path()) ?? "", "utf8");
  expect(file).toContain("what the colleague saw");
  expect(file).not.toContain("second");
});
