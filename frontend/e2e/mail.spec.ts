// A lost password is mended by a letter that goes to an address its owner has shown to be theirs.

import type { AddressInfo } from "node:net";
import { createServer, type Server as MailServer } from "node:net";
import { expect, test } from "@playwright/test";
import { accessible, fits, password, picture, signIn } from "./people";
import { type Server, startServer } from "./server";

let server: Server;
let post: MailServer;
const letters: string[] = [];
const at = (path: string) => server.url + path;

/** Takes letters by SMTP and keeps what is in them. */
function takeLetters(): MailServer {
  return createServer((socket) => {
    let text: string | undefined;
    let rest = "";
    const say = (line: string) => socket.write(`${line}\r\n`);
    say("220 ready");
    socket.on("error", () => socket.destroy());
    socket.on("data", (piece) => {
      const lines = (rest + piece).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (text !== undefined && line !== ".") text += `${line}\n`;
        else if (text !== undefined) {
          letters.push(text.replaceAll("=\n", "").replaceAll("=3D", "="));
          text = undefined;
          say("250 taken");
        } else if (/^DATA/i.test(line)) {
          text = "";
          say("354 go on");
        } else if (/^QUIT/i.test(line)) socket.end("221 goodbye\r\n");
        else say("250 well");
      }
    });
  });
}

/** The link in the newest letter, once there are so many. */
async function link(count: number): Promise<string> {
  await expect.poll(() => letters.length).toBe(count);
  return /http:\/\/\S+/.exec(letters.at(-1) ?? "")?.[0] ?? "";
}

test.beforeAll(async () => {
  post = takeLetters();
  await new Promise<void>((done) => post.listen(0, "127.0.0.1", done));
  const port = (post.address() as AddressInfo).port;
  server = await startServer(undefined, [
    `--smtp-address=127.0.0.1:${port}`,
    "--smtp-from=Glossator <glossator@site.example>",
  ]);
  server.run(["user", "add", "Azo"], `${password}\n`);
  server.run(["user", "add", "Irnerius", "--role", "administrator"], `${password}\n`);
});
test.afterAll(async () => {
  await server.stop();
  post.close();
});

test("an address is shown to be somebody's, and a lost password mended by it", async ({ page }) => {
  await page.goto(at("/signin?return=/account"));
  await signIn(page, "Azo");
  const mail = page.getByRole("region", { name: "Mail" });
  await mail.getByLabel("Address").fill("azo@harbour.example");
  await mail.getByRole("button", { name: "Send a letter there" }).click();
  await expect(mail.getByRole("status")).toContainText("is on its way to azo@harbour.example");
  await accessible(page);
  await picture(page, "mail-account");

  await page.goto(await link(1));
  await accessible(page);
  await picture(page, "mail-shown");
  await page.getByRole("button", { name: "Yes, send letters here" }).click();
  await expect(page.getByRole("status")).toHaveText("Letters go to azo@harbour.example from now on.");

  await page.context().clearCookies();
  await page.goto(at("/signin"));
  await page.getByRole("link", { name: "Forgot your password?" }).click();
  await accessible(page);
  await picture(page, "mail-forgotten");
  await page.setViewportSize({ width: 360, height: 740 });
  await fits(page);
  await picture(page, "mail-forgotten-narrow");
  await page.getByLabel("Name or address").fill("azo@harbour.example");
  await page.getByRole("button", { name: "Send me a link" }).click();
  await expect(page.getByRole("heading", { name: "Look into your mail" })).toBeFocused();
  await accessible(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(await link(2));
  await page.getByLabel("Password", { exact: true }).fill("a password of another day");
  await page.getByRole("button", { name: "Set the password" }).click();
  await expect(page.getByRole("button", { name: "Account of Azo" })).toBeVisible();
});

test("an administrator sends an invitation", async ({ page }) => {
  await page.goto(at("/signin?return=/administration"));
  await signIn(page, "Irnerius");
  await page.getByLabel("and send the link to").fill("hugo@harbour.example");
  await page.getByRole("button", { name: "Create link" }).click();
  await expect(page.getByText("A letter with the link is on its way to hugo@harbour.example.")).toBeVisible();
  await accessible(page);
  await picture(page, "mail-invitation");
  await page.context().clearCookies();
  await page.goto(await link(3));
  await expect(page.getByRole("heading", { name: "Make your account" })).toBeVisible();
});
