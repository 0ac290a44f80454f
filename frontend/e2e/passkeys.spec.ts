// People add passkeys, sign in with them without a name, rename and remove them.

import { type CDPSession, expect, type Page, test } from "@playwright/test";
import { accessible, fits, password, picture, signIn } from "./people";
import { type Server, startServer } from "./server";

let server: Server;
/** Browsers bind passkeys to a name, so this machine is called by its own. */
const at = (path: string) => server.url.replace("127.0.0.1", "localhost") + path;

test.beforeAll(async () => {
  server = await startServer();
  server.run(["user", "add", "Azo", "--role", "administrator"], `${password}\n`);
});
test.afterAll(async () => {
  await server.stop();
});

/** Gives the browser of a page an authenticator that knows its owner and needs no touch. */
async function authenticator(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

async function signOut(page: Page) {
  await page.getByRole("button", { name: "Account of Azo" }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("link", { name: "Sign in" }).first()).toBeVisible();
}

test("a passkey is added, signs in without a name, is renamed and removed", async ({ page }) => {
  const { cdp, authenticatorId } = await authenticator(page);
  const present = (enabled: boolean) =>
    cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled });
  await page.goto(at("/signin?return=/account"));
  await signIn(page, "Azo");
  const passkeys = page.getByRole("region", { name: "Passkeys" });
  await expect(passkeys.getByText("You have none.")).toBeVisible();
  await expect(passkeys.getByLabel("What you call it")).toHaveValue("Chrome on Linux");
  await accessible(page);
  await picture(page, "passkeys-none");

  await passkeys.getByLabel("What you call it").fill("Reading room");
  await passkeys.getByRole("button", { name: "Add a passkey" }).click();
  await expect(passkeys.getByRole("listitem")).toContainText("Reading room");
  await expect(passkeys.getByRole("listitem")).toContainText("never used");
  await expect(passkeys.getByRole("status")).toContainText("Reading room is added.");
  await passkeys.getByRole("button", { name: "Add a passkey" }).click();
  await expect(passkeys.getByRole("alert")).toContainText("has a passkey for your account already");
  await accessible(page);
  await picture(page, "passkeys");

  await signOut(page);
  await present(false);
  await page.goto(at("/signin?return=/account"));
  await accessible(page);
  await picture(page, "passkeys-signin");
  await present(true);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expect(page.getByRole("button", { name: "Account of Azo" })).toBeVisible();
  await expect(passkeys.getByRole("listitem")).toContainText("last used");

  await signOut(page);
  // Whoever is there takes the passkey where the browser offers it with names.
  await page.goto(at("/signin?return=/account"));
  await expect(page.getByRole("button", { name: "Account of Azo" })).toBeVisible();

  await passkeys.getByRole("button", { name: "Rename Reading room" }).click();
  const renaming = page.getByRole("dialog", { name: "Rename the passkey" });
  await accessible(page);
  await renaming.getByLabel("What you call it").fill("Archive");
  await renaming.getByRole("button", { name: "Save" }).click();
  await expect(passkeys.getByRole("listitem")).toContainText("Archive");
  await expect(passkeys.getByRole("button", { name: "Rename Archive" })).toBeFocused();

  await page.goto(at("/administration"));
  await expect(page.getByRole("list", { name: "Accounts" })).toContainText("1 passkey");
  await page.goto(at("/account"));
  await page.setViewportSize({ width: 360, height: 740 });
  await passkeys.getByRole("heading").scrollIntoViewIfNeeded();
  await fits(page);
  await picture(page, "passkeys-narrow");

  // What is thought of a sign-in of long ago: the password is asked for, and then it is done.
  await page.route("**/api/account/passkeys/*", (route) => {
    if (route.request().method() !== "DELETE") return route.fallback();
    return route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      body: JSON.stringify({
        type: "/problems/confirm",
        title: "Say again that it is you",
        status: 403,
        request: "x",
      }),
    });
  });
  await passkeys.getByRole("button", { name: "Remove Archive" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  const confirming = page.getByRole("dialog", { name: "Is it you?" });
  await confirming.getByLabel("Password").fill("not the password");
  await confirming.getByRole("button", { name: "Confirm" }).click();
  await expect(confirming.getByRole("alert")).toContainText("This is not your present password.");
  await accessible(page);
  await picture(page, "passkeys-confirm");
  await page.unrouteAll();
  await confirming.getByLabel("Password").fill(password);
  await confirming.getByRole("button", { name: "Confirm" }).click();
  await expect(passkeys.getByText("You have none.")).toBeVisible();
  await expect(passkeys.getByRole("heading", { name: "Passkeys" })).toBeFocused();
  const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId });
  expect(credentials.length, "the authenticator has forgotten it").toBe(0);
});

test("where passkeys cannot work, the screens say why", async ({ page }) => {
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(`${server.url}/signin?return=/account`);
  const place = server.url.replace("127.0.0.1", "localhost");
  await expect(page.getByRole("form")).toContainText(`open this Glossator as ${place}.`);
  await expect(page.getByRole("button", { name: "Sign in with a passkey" })).toBeHidden();
  expect(complaints, "nothing is asked for that cannot be had").toEqual([]);
  await accessible(page);
  await picture(page, "passkeys-signin-number");
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "passkeys-signin-narrow");
  await signIn(page, "Azo");
  const passkeys = page.getByRole("region", { name: "Passkeys" });
  await expect(passkeys).toContainText(`open this Glossator as ${place}.`);
  await expect(passkeys.getByRole("button", { name: "Add a passkey" })).toBeHidden();
});
