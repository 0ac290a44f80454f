// An administrator invites somebody, gives them a role, a new password, and shuts them out.

import { expect, test } from "@playwright/test";
import { accessible, fits, password, picture, signIn } from "./people";
import { type Server, startServer } from "./server";

let server: Server;
const at = (path: string) => server.url + path;

test.beforeAll(async () => {
  server = await startServer();
  server.run(["user", "add", "--role", "administrator", "Gratian"], `${password}\n`);
});
test.afterAll(async () => {
  await server.stop();
});

test("somebody is invited, becomes an editor, gets a new password and is shut out", async ({
  page,
  browser,
}) => {
  await page.goto(at("/signin?return=%2Fadministration"));
  await signIn(page, "Gratian");
  const invite = page.getByRole("form", { name: "Invite somebody" });
  await invite.getByRole("button", { name: "Create link" }).click();
  const link = await page.getByLabel("Invitation", { exact: true }).inputValue();
  await expect(page.getByRole("region", { name: "Links that are open" })).toContainText(
    "Invitation of a new member",
  );
  await accessible(page);

  const other = await browser.newPage();
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "Make your account" })).toBeVisible();
  await accessible(other);
  await picture(other, "enter");
  await other.getByLabel("Name").fill("Bulgarus");
  await other.getByLabel("Password").fill(password);
  await other.getByRole("button", { name: "Make the account" }).click();
  await expect(other.getByRole("button", { name: "Account of Bulgarus" })).toBeVisible();
  await other.goto(link);
  await expect(other.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await other.goto(at("/administration"));
  await expect(other.getByRole("heading", { name: "This is for administrators" })).toBeVisible();

  await page.reload();
  const accounts = page.getByRole("list", { name: "Accounts" });
  await expect(accounts.getByRole("listitem")).toHaveCount(2);
  await page.getByLabel("Role of Bulgarus").selectOption("editor");
  await expect(page.getByRole("cell", { name: "member to editor" })).toBeVisible();
  await page.getByLabel("Role of Gratian").selectOption("member");
  await expect(page.getByText("Nobody would be left to manage accounts")).toBeVisible();
  await expect(page.getByLabel("Role of Gratian")).toHaveValue("administrator");

  await page.getByRole("button", { name: "Password link for Bulgarus" }).click();
  const reset = await page.getByLabel("New password for Bulgarus", { exact: true }).inputValue();
  await accessible(page);
  await picture(page, "administration");
  await other.goto(reset);
  await expect(other.getByLabel("Name")).toHaveValue("Bulgarus");
  await other.getByLabel("Password", { exact: true }).fill("another long password");
  await other.getByRole("button", { name: "Set the password" }).click();
  await expect(other).toHaveURL(at("/"));
  await expect(other.getByRole("button", { name: "Account of Bulgarus" })).toBeVisible();

  await page.getByRole("button", { name: "Disable Bulgarus" }).click();
  await expect(page.getByRole("button", { name: "Enable Bulgarus" })).toBeVisible();
  await other.goto(at("/signin"));
  await signIn(other, "Bulgarus", "another long password");
  await expect(other.getByRole("alert")).toContainText("The name or the password is wrong.");

  await page.reload();
  await page.getByLabel("Deed").selectOption("sign-in failed");
  await expect(page.getByRole("table").getByRole("row")).toHaveCount(2);
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await accessible(page);
  await picture(page, "administration-narrow");
});
