// People see where they are signed in, end it, change their password and make tokens.

import { expect, test } from "@playwright/test";
import { accessible, fits, password, picture, signIn } from "./people";
import { type Server, startServer } from "./server";

let server: Server;
const at = (path: string) => server.url + path;

test.beforeAll(async () => {
  server = await startServer();
  server.run(["user", "add", "Azo"], `${password}\n`);
});
test.afterAll(async () => {
  await server.stop();
});

test("sessions are seen and ended, the password changed, a token made and revoked", async ({
  page,
  browser,
}) => {
  await page.goto(at("/account"));
  await expect(page.getByRole("heading", { name: "You are not signed in" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Sign in" }).click();
  await signIn(page, "Azo");
  const sessions = page.getByRole("region", { name: "Where you are signed in" });
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await expect(sessions.getByRole("listitem")).toContainText("Chrome on Linux");
  await expect(sessions.getByRole("listitem")).toContainText("this one");
  await accessible(page);

  const other = await browser.newPage();
  await other.goto(at("/signin"));
  await signIn(other, "Azo");
  await expect(other.getByRole("button", { name: "Account of Azo" })).toBeVisible();
  await page.reload();
  await expect(sessions.getByRole("listitem")).toHaveCount(2);
  await accessible(page);
  await picture(page, "account");
  await sessions.getByRole("button", { name: /^Sign out Chrome/ }).click();
  await expect(sessions.getByRole("listitem")).toHaveCount(1);
  await other.reload();
  await expect(other.getByRole("link", { name: "Sign in" })).toBeVisible();

  await other.goto(at("/signin"));
  await signIn(other, "Azo");
  await expect(other.getByRole("button", { name: "Account of Azo" })).toBeVisible();
  const form = page.getByRole("form", { name: "Password" });
  await form.getByLabel("Present password").fill("not the password");
  await form.getByLabel("New password").fill("a still longer password");
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("This is not your present password.")).toBeVisible();
  await form.getByLabel("Present password").fill(password);
  await form.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("The password is changed.")).toBeVisible();
  await other.reload();
  await expect(other.getByRole("link", { name: "Sign in" })).toBeVisible();

  const tokens = page.getByRole("region", { name: "API tokens" });
  await expect(tokens.getByText("You have none.")).toBeVisible();
  await tokens.getByLabel("What it is for").fill("Nightly reading");
  await tokens.getByRole("button", { name: "Make token" }).click();
  const secret = await tokens.getByLabel("Token", { exact: true }).inputValue();
  const asks = (method: string, path: string) =>
    fetch(at(path), { method, headers: { Authorization: `Bearer ${secret}` } }).then(
      (answer) => answer.status,
    );
  expect(await asks("GET", "/api/searches")).toBe(200);
  expect(await asks("DELETE", "/api/annotations/x")).toBe(403);
  await accessible(page);
  await picture(page, "account-token");
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "account-narrow");
  await tokens.getByRole("button", { name: "Revoke the token Nightly reading" }).click();
  await expect(tokens.getByRole("listitem")).toContainText("revoked");
  expect(await asks("GET", "/api/searches")).toBe(401);
});
