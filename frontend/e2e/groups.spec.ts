// People make a group, join it by a link and leave it.

import { expect, test } from "@playwright/test";
import { accessible, fits, password, picture, signIn } from "./people";
import { type Server, startServer } from "./server";

let server: Server;
const at = (path: string) => server.url + path;

test.beforeAll(async () => {
  server = await startServer();
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
