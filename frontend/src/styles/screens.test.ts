import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

// The style of a screen stays loaded when one goes on to another screen, so two
// screens must not style the same class of their own.
test("no two screens begin a selector with the same class", () => {
  const owners = new Map<string, Set<string>>();
  const shared = ["styles", "ui"];
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".css"),
  );
  for (const file of files) {
    const screen = file.split(/[/\\]/)[0] as string;
    if (shared.includes(screen)) continue;
    const rules = readFileSync(`src/${file}`, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    for (const [, selectors] of rules.matchAll(/([^{}]+)\{/g)) {
      for (const selector of (selectors as string).split(",")) {
        const name = /^\s*\.([\w-]+)/.exec(selector)?.[1];
        if (name) owners.set(name, (owners.get(name) ?? new Set()).add(screen));
      }
    }
  }
  const both = [...owners].filter(([, screens]) => screens.size > 1);
  expect(owners.size).toBeGreaterThan(50);
  expect(both.map(([name, screens]) => `${name}: ${[...screens]}`)).toEqual([]);
});
