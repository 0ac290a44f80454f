import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** What is done to the folder of a build when it is whole. */
function finish(): Plugin {
  let folder = "dist";
  return {
    name: "finish",
    apply: "build",
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle() {
      keep(folder);
      order(folder);
      compress(folder);
    },
  };
}

/** The server embeds `dist`, which must exist in a fresh clone: git keeps it by this empty file, and a build empties the folder. */
function keep(folder: string) {
  writeFileSync(join(folder, ".gitkeep"), "");
}

/** Each style sheet begins with the order of the layers, which the first to be read decides: which that is, the build does not promise. */
function order(folder: string) {
  const layers = /^@layer .*;/.exec(readFileSync("src/styles/tokens.css", "utf8"))?.[0];
  if (!layers) throw new Error("src/styles/tokens.css does not begin with the order of the layers");
  for (const name of readdirSync(join(folder, "assets"))) {
    if (!name.endsWith(".css")) continue;
    const file = join(folder, "assets", name);
    writeFileSync(file, layers + readFileSync(file, "utf8"));
  }
}

/** Beside each file that gets smaller the server finds it in Brotli, for which it would take too long itself. */
function compress(folder: string) {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!/\.(js|css|html|svg)$/.test(name)) continue;
    const content = readFileSync(join(folder, name));
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content, { params }));
  }
}

const server = process.env.GLOSSATOR_SERVER ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react(), finish()],
  build: {
    outDir: "dist",
    target: "es2023",
    // The content security policy allows neither inline scripts nor data: addresses.
    assetsInlineLimit: 0,
    // By it the server knows which files a screen is made of.
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every screen needs, in one piece: it compresses better, and stays cached from one release to the
            // next. Mutations and bundles of queries are for some screens only.
            {
              name: "base",
              test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack)\/(?!.*(useMutation|mutationObserver|useQueries|queriesObserver)\.js)/,
            },
            // What many screens share, in one piece: a browser asks an address that is not secure for six at a time.
            { name: "shared", test: /\/src\//, minShareCount: 5 },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      "/api": server,
      "/opensearch.xml": server,
      "^/s/[^/]+/feed\\.atom$": server,
    },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    // One page for all files: making one takes longer than the tests.
    isolate: false,
  },
});
