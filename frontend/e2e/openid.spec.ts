// Whoever has an account at an institution signs in with it, or connects it to the account they have.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { accessible, fits, password, picture, select, signIn, tag } from "./people";
import { type Provider, startProvider } from "./provider";
import { type Server, startServer } from "./server";

let provider: Provider;
let server: Server;
let secrets: string;
const at = (path: string) => server.url + path;
const quay = "The keeper of a quay keeps its lamps lit from dusk until dawn.";

test.beforeAll(async () => {
  provider = await startProvider({ preferred_username: "olive", groups: ["law"] });
  secrets = mkdtempSync(join(tmpdir(), "glossator-secret-"));
  writeFileSync(join(secrets, "oidc"), provider.secret);
  server = await startServer(undefined, [
    `--oidc-issuer=${provider.url}`,
    "--oidc-client-id=glossator",
    `--oidc-client-secret-file=${join(secrets, "oidc")}`,
    "--oidc-label=Harbour University",
    "--oidc-admit=law",
  ]);
  server.run(["user", "add", "Azo"], `${password}\n`);
  await server.take([{ name: "quays.md", text: `# Accord on quays\n\n## Article 1\n\n${quay}\n` }]);
});
test.afterAll(async () => {
  await server.stop();
  await provider.stop();
  rmSync(secrets, { recursive: true, force: true });
});

const button = (page: Page) => page.getByRole("button", { name: "Sign in with Harbour University" });
const agree = (page: Page) => page.getByRole("link", { name: "Yes, it is me" }).click();

test("an account of an institution signs in, annotates and signs out", async ({ page }) => {
  await page.goto(at("/library"));
  await page.getByRole("link", { name: "Accord on quays" }).first().click();
  await page.getByRole("banner").getByRole("link", { name: "Sign in" }).click();
  await expect(button(page)).toBeVisible();
  await accessible(page);
  await picture(page, "openid");
  const there = new URL(page.url()).searchParams.get("return") ?? "/";

  await button(page).click();
  await page.getByRole("link", { name: "No", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Harbour University did not sign you in");
  await accessible(page);
  await picture(page, "openid-refused");
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "openid-refused-narrow");
  await page.setViewportSize({ width: 1280, height: 800 });

  await button(page).click();
  await agree(page);
  await expect(page.getByRole("button", { name: "Account of olive" })).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(new URL(there, server.url).pathname);

  await page.goto(at("/search?q=lamps"));
  await page
    .getByRole("link", { name: /Accord on quays/ })
    .first()
    .click();
  await select(page, "lamps lit from dusk");
  await page.keyboard.press("t");
  await tag(page, "Attribution", "who keeps the lamps", "private");
  await page.getByRole("button", { name: "Account of olive" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
});

test("an account that is there is connected, signed in by and disconnected", async ({ page }) => {
  provider.claims = { sub: "person-2", preferred_username: "azo@harbour.example", groups: [] };
  await page.goto(at("/signin"));
  await button(page).click();
  await agree(page);
  await expect(page.getByRole("alert")).toContainText("you have no account here");
  await signIn(page, "Azo");
  await expect(page.getByRole("button", { name: "Account of Azo" })).toBeVisible();

  await page.goto(at("/account"));
  const elsewhere = page.getByRole("region", { name: "Accounts elsewhere" });
  await elsewhere.getByRole("button", { name: "Connect Harbour University" }).click();
  await agree(page);
  await expect(elsewhere.getByRole("status")).toHaveText(
    "You can sign in with Harbour University from now on.",
  );
  await expect(elsewhere.getByRole("listitem")).toContainText("azo@harbour.example");
  await accessible(page);
  await picture(page, "openid-connected");
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await elsewhere.scrollIntoViewIfNeeded();
  await picture(page, "openid-connected-narrow");
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.context().clearCookies();
  await page.goto(at("/signin"));
  await button(page).click();
  await agree(page);
  await expect(page.getByRole("button", { name: "Account of Azo" })).toBeVisible();
  await page.goto(at("/account"));
  await elsewhere.getByRole("button", { name: "Disconnect azo@harbour.example" }).click();
  await expect(elsewhere.getByRole("status")).toHaveText(
    "It is disconnected. Nobody signs in by it any more.",
  );
  await expect(elsewhere.getByRole("listitem")).toHaveCount(0);
});

test("a name that is taken gets a number, and that is said", async ({ page }) => {
  provider.claims = { sub: "person-3", preferred_username: "azo", groups: ["law"] };
  await page.goto(at("/signin?return=/library"));
  await button(page).click();
  await agree(page);
  await expect(page.getByRole("heading", { name: "You are “azo 2” here" })).toBeVisible();
  await accessible(page);
  await picture(page, "openid-named");
  await page.getByRole("link", { name: "Go on" }).click();
  await expect(page).toHaveURL(at("/library"));
});

test("an invitation is taken up with an account of the institution", async ({ page }) => {
  provider.claims = { sub: "person-4", preferred_username: "nerea", groups: [] };
  const link = server.run(["user", "invite", "--role", "editor"]).match(/\/enter\/\w+/)?.[0] ?? "";
  await page.goto(at(link));
  const take = page.getByRole("button", { name: "Make the account with Harbour University" });
  await expect(take).toBeVisible();
  await accessible(page);
  await picture(page, "openid-invited");

  await take.click();
  await page.getByRole("link", { name: "No", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Harbour University did not sign you in");
  await accessible(page);
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "openid-invited-narrow");
  await page.setViewportSize({ width: 1280, height: 800 });

  await take.click();
  await agree(page);
  await expect(page.getByRole("button", { name: "Account of nerea" })).toBeVisible();
  await page.goto(at("/library"));
  await expect(page.getByRole("heading", { name: "Import" }), "editors import").toBeVisible();

  await page.context().clearCookies();
  await page.goto(at(link));
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await page.goto(at("/signin"));
  await button(page).click();
  await agree(page);
  await expect(page.getByRole("button", { name: "Account of nerea" })).toBeVisible();
});

test("where the provider is down, the screen says so", async ({ page }) => {
  await provider.stop();
  const lonely = await startServer(server.data.concat("-lonely"), [
    `--oidc-issuer=${provider.url}`,
    "--oidc-client-id=glossator",
    "--oidc-label=Harbour University",
  ]);
  await page.goto(`${lonely.url}/signin`);
  await expect(
    page.getByText("Harbour University does not answer at present; a password works."),
  ).toBeVisible();
  await button(page).click();
  await expect(page.getByRole("alert")).toContainText("does not answer at present");
  await accessible(page);
  await picture(page, "openid-down");
  await lonely.stop();
  rmSync(lonely.data, { recursive: true, force: true });
});
