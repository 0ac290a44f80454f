import type { LineSort, Sort } from "./address";

/** What the orders of documents and of lines are called. */
export const orderNames: Record<Sort | LineSort, string> = {
  relevance: "Most relevant first",
  agreements: "Agreements first",
  newest: "Newest first",
  oldest: "Oldest first",
  title: "By title",
  hits: "Most hits first",
  document: "By document",
  left: "By the first word to the left",
  left2: "By the second word to the left",
  left3: "By the third word to the left",
  right: "By the first word to the right",
  right2: "By the second word to the right",
  right3: "By the third word to the right",
  organisation: "By organisation",
  year: "By year",
};
