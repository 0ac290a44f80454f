// Scripts in every field that people fill in or bring along: on every screen they are words.

import { expect, type Page, test } from "@playwright/test";
import { archive } from "./archive";
import { password, signIn } from "./people";
import { read, type Server, startServer } from "./server";

let server: Server;
let token = "";

/** What would call `fired` if it were taken for more than words. */
const payloads = [
  `<script>fired(1)</script>`,
  `<img src=x onerror=fired(2)>`,
  `<svg onload=fired(3)><animate onbegin=fired(3) attributeName=x>`,
  `"><iframe srcdoc="<script>parent.fired(4)</script>"></iframe>`,
  `' onmouseover='fired(5)' autofocus onfocus='fired(5)`,
  `[words](javascript:fired(6)) ![x](javascript:fired(6))`,
  `<a href="JaVaScRiPt:fired(7)">words</a> <javascript:fired(7)>`,
  `</title></style></textarea></noscript><details open ontoggle=fired(8)>`,
  `<math><mtext><table><mglyph><style><img src=x onerror=fired(9)></style></mglyph></table></mtext></math>`,
  `&lt;img src=x onerror=fired(10)&gt; \\u003cscript\\u003efired(10)\\u003c/script\\u003e`,
  `{{constructor.constructor('fired(11)')()}} \${fired(11)}`,
  `<form action=javascript:fired(12)><button>words</button></form><base href=javascript:fired(12)//>`,
  `<object data="data:text/html,<script>parent.fired(13)</script>"></object><embed src=javascript:fired(13)>`,
  `<link rel=stylesheet href="data:text/css,*{color:red}"><meta http-equiv=refresh content="0;url=javascript:fired(14)">`,
];
const all = payloads.join(" ");
const name = (at: number, words: string) => `${words} ${payloads[at % payloads.length]}`.slice(0, 190);
const user = "Odo <img src=x onerror=fired(0)>";

test.beforeAll(async () => {
  server = await startServer();
  server.run(["user", "add", user, "--role", "administrator"], `${password}\n`);
  token = server.run(["token", "add", user, "test"]).trim().split(/\s+/).at(-1) ?? "";
});
test.afterAll(async () => {
  await server.stop();
});

/** Asks the API as the one user and gives the body of the answer. */
async function ask(method: string, path: string, body?: unknown) {
  const form = body instanceof FormData;
  const response = await fetch(server.url + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, ...(form ? {} : { "Content-Type": "application/json" }) },
    body: form ? body : body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  expect(response.ok, `${method} ${path}: ${response.status} ${text.slice(0, 500)}`).toBe(true);
  return text ? JSON.parse(text) : undefined;
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");

/** A Word file of two paragraphs, the second with a comment. */
function word(): Buffer {
  const run = (text: string) => `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
  return archive({
    "word/document.xml": `<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>${run(name(1, "Tides"))}</w:p>
<w:p><w:commentRangeStart w:id="0"/>${run(`harbour ${all}`)}<w:commentRangeEnd w:id="0"/></w:p></w:body></w:document>`,
    "word/comments.xml": `<w:comments xmlns:w="w"><w:comment w:id="0" w:author="${escaped(payloads[1] ?? "")}"><w:p>${run(all)}</w:p></w:comment></w:comments>`,
  });
}

/** The files of one import: each format with payloads in its name, its facts and its text. */
function files(): FormData {
  const form = new FormData();
  const facts = {
    title: name(0, "Markdown"),
    shortTitle: name(1, "Md"),
    organisation: name(2, "Org"),
    kind: "treaty",
    address: "https://agreements.example/x",
    language: "en",
    id: "hostile",
  };
  const head = Object.entries(facts).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const markdown = [
    "---",
    ...head,
    "---",
    "",
    `# ${facts.title}`,
    "",
    `## Article 1 ${payloads[1]}`,
    "",
    `harbour of peace ${all}`,
    "",
    ...payloads.map((p) => `- harbour ${p}\n`),
  ];
  const html = `<!doctype html><html lang="en"><title>${escaped(name(4, "Page"))}</title><body onload="fired(20)"><h1>Page ${payloads.join("")}</h1>
<h2>Article 1</h2><p>harbour ${all}</p><p onclick="fired(20)">harbour ${escaped(all)} <a href="javascript:fired(20)">a link</a></p></body></html>`;
  const json = JSON.stringify({
    title: name(5, "Json"),
    content: {
      preamble: all,
      articles: [{ number: payloads[1], heading: payloads[0], text: `harbour ${all}` }],
    },
  });
  const parts: [string, string | Buffer][] = [
    [`hostile ${payloads[1]}.md`, markdown.join("\n")],
    [`page ${payloads[1]}.html`, html],
    [`text ${payloads[1]}.txt`, `Plain\n\nArticle 1\n\nharbour ${all}`],
    [`facts ${payloads[1]}.json`, json],
    [`tides ${payloads[1]}.docx`, word()],
    [`unread ${payloads[1]}.png`, "no picture"],
  ];
  for (const [path, content] of parts)
    form.append("files", new File([new Uint8Array(Buffer.from(content))], path));
  return form;
}

/** Fills every field of every thing, and gives the addresses of the screens that show them. */
async function fill(): Promise<string[]> {
  const imported = await ask("POST", "/api/imports", files());
  expect(JSON.stringify(imported)).toContain("unread");
  await read(server.url);
  const ours: { id: string }[] = imported.files
    .filter((file: { outcome: string }) => file.outcome === "taken")
    .map((file: { document: string }) => ({ id: file.document }));
  expect(ours, JSON.stringify(imported)).toHaveLength(5);
  const codebook = await ask("POST", "/api/codebooks", { name: name(2, "Codes"), description: all });
  const concepts: string[] = [];
  for (const at of payloads.keys()) {
    const words = {
      aliases: [name(at + 1, `alias ${at}`)],
      definition: all,
      include: all,
      exclude: all,
      codebook: codebook.id,
    };
    const made = await ask("POST", "/api/concepts", { label: name(at, `Concept ${at}`), ...words });
    concepts.push((made.concept ?? made).id);
  }
  const group = await ask("POST", "/api/groups", { name: name(3, "Group"), description: all });
  const invitation = await ask("POST", `/api/groups/${group.id}/invitations`, {
    role: "annotator",
    limit: 1,
  });
  const paths: string[] = [invitation.path];
  for (const { id } of ours) {
    const { versions } = await ask("GET", `/api/documents/${id}`);
    const version = await ask("GET", `/api/versions/${versions[0].id}`);
    const start = version.text.indexOf("harbour");
    for (const at of payloads.keys()) {
      const note = `${payloads[at]}\n\n${all}`;
      const target = {
        version: version.id,
        targets: [{ start, end: start + 7, exact: "harbour" }],
        visibility: "public",
      };
      const root = await ask("POST", "/api/annotations", { ...target, concepts: [concepts[at]], note });
      if (at === 0) await ask("POST", "/api/annotations", { replyTo: root.id, note });
      if (at === 1) await ask("DELETE", `/api/annotations/${root.id}`);
      if (at === 2)
        await ask("PATCH", `/api/annotations/${root.id}`, { note: `${note} again`, number: root.number });
    }
    paths.push(`/read/${id}`, `/read/${id}?q=harbour`, `/library/${id}`, `/review/${id}`);
  }
  await ask("PATCH", `/api/documents/${ours[0]?.id}`, { shortTitle: name(7, "Edited") });
  await ask("POST", "/api/annotations", {
    document: ours[0]?.id,
    concepts: [concepts[0]],
    note: all,
    visibility: "group",
    group: group.id,
  });
  const saved = await ask("POST", "/api/searches", {
    name: name(8, "Saved"),
    description: all.slice(0, 900),
    address: "q=harbour",
  });
  const share = await ask("POST", `/api/searches/${saved.id}/shares`);
  const round = await ask("POST", "/api/rounds", {
    name: name(9, "Round"),
    instructions: all,
    concepts: concepts.slice(0, 3),
    visibility: "public",
    documents: [ours[0]?.id],
    coders: [user],
    each: 1,
  });
  await read(server.url);
  const asked = encodeURIComponent(`harbour OR "${payloads[1]?.replaceAll('"', "")}"`);
  return [
    ...paths,
    "/",
    "/search?q=harbour",
    `/search?q=${asked}`,
    "/search?q=harbour&view=concordance",
    `/search?q=${encodeURIComponent(payloads[0] ?? "")}`,
    `/search?q=harbour&concept=${encodeURIComponent(concepts[1] ?? "")}`,
    "/lens?q=harbour",
    "/matrix",
    "/codebook",
    `/codebook?concept=${concepts[0]}`,
    `/suggestions/${concepts[0]}`,
    "/synonyms",
    "/saved",
    share.path,
    "/exchange",
    "/groups",
    `/groups/${group.id}`,
    "/library",
    "/rounds",
    "/rounds/new",
    `/rounds/${round.id}`,
    `/rounds/${round.id}/agreement`,
    "/trash",
    `/signin?return=${encodeURIComponent("javascript:fired(30)")}`,
    `/read/${encodeURIComponent(payloads[1] ?? "")}`,
    `/join/${encodeURIComponent(payloads[1] ?? "")}`,
  ];
}

/** What must never happen on a page: a script that fires, an error, or something its policy had to stop. */
async function watch(page: Page): Promise<string[]> {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.exposeFunction("fired", (what: unknown) => faults.push(`fired: ${what}`));
  await page.exposeFunction("reported", (what: string) => faults.push(`policy: ${what}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      (window as unknown as { reported: (what: string) => void }).reported(
        `${event.violatedDirective} ${event.blockedURI} ${event.sample}`,
      );
    });
  });
  return faults;
}

/** What of the payloads has become part of the page. */
const grown = (page: Page) =>
  page.evaluate(() => {
    const elements = [...document.querySelectorAll("*")];
    const bad = elements.filter(
      (element) =>
        element.matches("iframe, object, embed, base, meta[http-equiv], math, mglyph, [srcdoc], [src='x']") ||
        [...element.attributes].some((a) => /^on/.test(a.name) || /^\s*javascript:/i.test(a.value)),
    );
    return bad.map((element) => element.outerHTML.slice(0, 200));
  });

test("what looks like a script is words wherever it is shown", async ({ page }) => {
  test.setTimeout(420_000);
  const paths = await fill();
  const faults = await watch(page);
  await page.goto(`${server.url}/signin?return=${encodeURIComponent("javascript:fired(31)")}`);
  await signIn(page, user);
  await expect(page.getByRole("button", { name: `Account of ${user}` })).toBeVisible();
  for (const path of paths) {
    await test.step(path, async () => {
      await page.goto(server.url + path);
      await expect(page.getByRole("main")).toBeVisible();
      await page.waitForLoadState("networkidle");
      for (const summary of await page.locator("details:not([open]) > summary").all())
        await summary.click({ timeout: 2000 }).catch(() => {});
      expect(await grown(page), path).toEqual([]);
      expect(faults, path).toEqual([]);
    });
  }
  await page.goto(`${server.url}/read/hostile`);
  await page.getByText("harbour of peace").first().hover();
  await page.waitForLoadState("networkidle");
  expect(await grown(page)).toEqual([]);
  expect(faults).toEqual([]);
});

test("what fires, and what a policy stops, would be seen", async ({ page }) => {
  const faults = await watch(page);
  await page.goto(server.url);
  await page.evaluate(() => {
    const image = document.createElement("img");
    try {
      image.setAttribute("onerror", "fired(99)");
    } catch {
      // The policy has stopped it: its report is what is looked for.
    }
    document.body.append(document.createElement("math"));
    (window as unknown as { fired: (what: number) => void }).fired(98);
  });
  await expect.poll(() => faults.join()).toContain("fired: 98");
  await expect.poll(() => faults.join()).toContain("policy: require-trusted-types-for");
  expect(await grown(page)).toHaveLength(1);
  const markup = page.evaluate(() => document.body.insertAdjacentHTML("beforeend", "<b>words</b>"));
  await expect(markup).rejects.toThrow(/TrustedHTML/);
});
