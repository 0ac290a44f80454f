// The real binary on a data folder of its own, for the length of a test file.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "@playwright/test";

const repository = resolve(import.meta.dirname, "../..");
const binary = process.env.GLOSSATOR_BINARY ?? join(repository, "glossator");

/** The corpora beside the repository, or null where there are none. */
export const shared: string | null = (() => {
  const folder = process.env.GLOSSATOR_SHARED ?? join(repository, "../shared");
  if (existsSync(join(folder, "corpus/cyber/manifest.json"))) return folder;
  if (process.env.GLOSSATOR_REQUIRE_SHARED === "1") {
    throw new Error(`the corpora are required and ${folder} does not hold them`);
  }
  return null;
})();

/** The folder of a corpus. */
export function corpusFolder(name: string): string {
  return join(shared ?? "", "corpus", name);
}

/** The files of a corpus: what a researcher drops on the library page. */
export function corpusFiles(name: string): string[] {
  const folder = corpusFolder(name);
  return readdirSync(folder)
    .filter((file) => /\.(md|txt|xhtml|html|json|xml)$/.test(file) && file !== "README.md")
    .map((file) => join(folder, file));
}

/** A file with its text. */
export type Paper = { name: string; text: string };

export type Server = {
  url: string;
  /** The one-time link that makes the first account. */
  setup: string;
  data: string;
  /** Runs the binary on the server's data folder and returns what it prints. */
  run(args: string[], input?: string): string;
  /** Imports papers by the command line and waits until search has read them. */
  take(papers: Paper[]): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
};

/** Starts a server with settings on the command line; `data` is kept if given, and otherwise made and removed. */
export async function startServer(data?: string, settings: string[] = []): Promise<Server> {
  const folder = data ?? mkdtempSync(join(tmpdir(), "glossator-e2e-"));
  const child = spawn(binary, ["serve", "--data", folder, "--listen", "127.0.0.1:0", ...settings], {
    stdio: ["ignore", "pipe", process.env.DEBUG ? "inherit" : "ignore"],
  });
  const greeting = await readGreeting(child);
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const run = (args: string[], input?: string) =>
    execFileSync(binary, [...args, "--data", folder], { input, encoding: "utf8", stdio: "pipe" });
  return {
    url: greeting.url,
    setup: greeting.setup,
    data: folder,
    run,
    take: async (papers) => {
      const box = mkdtempSync(join(tmpdir(), "glossator-papers-"));
      for (const { name, text } of papers) writeFileSync(join(box, name), text);
      run(["import", box]);
      rmSync(box, { recursive: true });
      await read(greeting.url);
    },
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      if (!data) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until search has read all that is there. */
export async function read(url: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const status = await (await fetch(`${url}/api/status`)).json();
        return status.mark - status.indexed;
      },
      { timeout: 120_000 },
    )
    .toBe(0);
}

function readGreeting(child: ChildProcess): Promise<{ url: string; setup: string }> {
  return new Promise((done, fail) => {
    let printed = "";
    child.once("exit", (code) => fail(new Error(`the server ended with ${code}: ${printed}`)));
    child.stdout?.on("data", (piece) => {
      printed += piece;
      const url = /Glossator is at (\S+)\n/.exec(printed)?.[1];
      const setup = /^(\S+\/setup\?token=\S+)\n/m.exec(printed)?.[1] ?? "";
      // The greeting is written in one piece, the link last.
      if (url) done({ url, setup });
    });
  });
}
