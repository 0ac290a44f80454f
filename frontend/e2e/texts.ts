// Small agreements of our own, for stories that need no corpus.

import type { Paper } from "./server";

type Facts = Record<string, string>;

function paper(name: string, facts: Facts, body: string): Paper {
  const head = Object.entries(facts).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  return { name, text: ["---", ...head, "---", "", body.trim(), ""].join("\n") };
}

export const lantern = paper(
  "lantern.md",
  {
    title: "Convention on Harbour Lanterns",
    shortTitle: "Lantern Convention",
    kind: "treaty",
    organisation: "League of Harbours",
    parties: "NOR, PRT",
    signed: "1987-05-04",
    language: "en",
  },
  `
# Convention on Harbour Lanterns

## Preamble

Mindful that a harbour without a lantern is a danger to every ship,

## Chapter I – The lanterns

### Article 1 – Duty to keep a lantern

Each harbour shall keep a lantern lit from dusk to dawn. The keeper shall not leave the lantern while a ship is in sight.

### Article 2 – Colours

1. A green lantern tells that the harbour is open.
2. A red lantern tells that the harbour is closed:
   (a) because of storm; or
   (b) because of quarantine.

### Article 3 – Oil

The harbours shall buy oil for the lantern in common, and share its cost by the number of their ships.

## Chapter II – Keepers

### Article 4 – Oath of the keeper

The keeper shall swear to serve ships of every flag alike.

### Article 5 – Fog

In fog the keeper shall ring the harbour bell every two minutes. Ships shall answer the bell.

### Article 6 – Disputes

Disputes between harbours shall be heard by three pilots, none of whom lives in either harbour.
`,
);

export const quays = paper(
  "quays.md",
  {
    title: "Declaration on Open Quays",
    kind: "declaration",
    organisation: "League of Harbours",
    signed: "2003-09-01",
    language: "en",
  },
  `
# Declaration on Open Quays

1. The harbours declare that their quays are open to every ship in distress.

2. No lantern shall be put out to keep a ship away.
`,
);

export const pilots = paper(
  "pilots.md",
  {
    title: "Resolution on Pilots in Fog",
    kind: "resolution",
    organisation: "Assembly of Pilots",
    adopted: "2012-02-11",
    language: "en",
  },
  `
# Resolution on Pilots in Fog

1. Pilots go out in fog when a harbour rings its bell.

2. A pilot who has gone out is paid, found the ship or not.
`,
);

export const essay = paper(
  "essay.md",
  { title: "Lanterns and the law, an essay", kind: "commentary", language: "en", adopted: "2016-01-01" },
  `
# Lanterns and the law

A lantern is a promise. Whoever lights one tells strangers that they are expected.

The Convention on Harbour Lanterns speaks of oil before it speaks of keepers, and that says much about its authors.
`,
);

export const phares = paper(
  "phares.md",
  {
    title: "Déclaration sur les phares",
    kind: "declaration",
    organisation: "Ligue des ports",
    signed: "2009-06-30",
    language: "fr",
  },
  `
# Déclaration sur les phares

1. Les ports gardent leurs phares allumés du soir au matin, pour tous les navires.

2. Les gardiens parlent la langue de la mer.
`,
);

/** Words at known distances, in known sentences and paragraphs. */
export const moorings = paper(
  "moorings.md",
  {
    title: "Accord on Moorings",
    kind: "treaty",
    region: "Northern coasts",
    status: "in force",
    signed: "1999-08-01",
    language: "en",
  },
  `
# Accord on Moorings

## Article 1 – Ropes

A tarred rope holds the heavy vessel at the old post. The vessel pays nothing.

## Article 2 – Posts

1. The post is of iron, and ropes of hemp are tied to it.

2. Without right of mooring no barge shall touch the post.

## Article 3 – Floats

The color of a buoy is green. A buoy of another colour is removed.
`,
);

const shores = "Amber Basalt Cedar Dune Elder Flint Gorse Heron Iris Juniper Kelp Larch".split(" ");

/** A dozen agreements alike but for their names: more than a page of results. */
export const ferries = shores.map((shore, i) =>
  paper(
    `ferry-${shore.toLowerCase()}.md`,
    {
      title: `Ferry Agreement of ${shore} Shore`,
      kind: "treaty",
      signed: `${1950 + 3 * i}-03-01`,
      language: "en",
    },
    `
# Ferry Agreement of ${shore} Shore

## Article 1 – Crossing

A ferry crosses from ${shore} Shore every morning, whatever the weather.

## Article 2 – Fare

The ferry takes no fare from children and from shepherds with their sheep.
`,
  ),
);

export const library: Paper[] = [lantern, quays, pilots, essay, phares, ...ferries];
