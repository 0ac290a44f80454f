import { expect, test } from "vitest";
import type { Schemas } from "../api/client";
import { optionsFor } from "./Picker";

function concept(label: string, more: Partial<Schemas["Concept"]> = {}): Schemas["Concept"] {
  return {
    id: label,
    codebook: "starter",
    label,
    aliases: [],
    definition: "",
    include: "",
    exclude: "",
    broader: "",
    family: 1,
    status: "accepted",
    replaced: "",
    examples: [],
    creator: "",
    revision: 0,
    used: 0,
    ...more,
  };
}

test("concepts are offered by their labels and other names, but for those deprecated", () => {
  const access = concept("illegal access", { aliases: ["hacking", "trespass"], used: 2 });
  const all = [access, concept("hate speech"), concept("shackles", { status: "deprecated" })];
  const said = (text: string) =>
    optionsFor(text, all, []).map((option) =>
      "concept" in option ? `${option.concept.label} ${option.alias ?? ""}`.trim() : `new ${option.label}`,
    );
  expect(said("ha")).toEqual(["illegal access hacking", "hate speech", "new ha"]);
  expect(said("Hacking")).toEqual(["illegal access hacking"]);
  expect(said("access")).toEqual(["illegal access", "new access"]);
  expect(said("shackles")).toEqual([]);
  expect(optionsFor("", all, [access])).toHaveLength(1);
});
