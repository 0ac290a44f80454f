import { nameOf } from "../search/facts";
import { sentence } from "../ui/words";
import type { Citation } from "./queries";

const columns = ["Citation", "Result", "Document", "Pinpoint", "Opening words", "Remark", "Address"];

/** What the results are called on the screen and in files. */
export const results: Record<Citation["status"], string> = {
  resolved: "Found",
  partial: "Not all found",
  ambiguous: "Several may be meant",
  unknown: "Not found",
};

/** Where a citation leads to, as an address of this site; "" if nowhere. */
export function addressOf({ document, provision, version }: Citation): string {
  if (!document) return "";
  const params = new URLSearchParams();
  if (provision) params.set("at", provision);
  if (version && document.languages.length > 1) params.set("version", version);
  const query = params.toString();
  return `/read/${encodeURIComponent(document.id)}${query && `?${query}`}`;
}

/** What is said of a citation beside where it leads to; "" if nothing. */
export function remark({ reason = "", candidates, document }: Citation): string {
  const near = candidates.map(nameOf).join(", ");
  const digest = document?.digest ? "Digest – our summary, not the official text." : "";
  return [reason, near && `Candidates: ${near}.`, digest].filter(Boolean).join(" ");
}

/** The rows of the table, the names of its columns first. */
export function rows(citations: Citation[], origin: string): string[][] {
  const lines = citations.map((citation) => {
    const { text, status, document, pinpoint, opening = "" } = citation;
    const address = addressOf(citation);
    return [
      text,
      results[status],
      document ? nameOf(document) : "",
      sentence(pinpoint ?? ""),
      opening,
      remark(citation),
      address && origin + address,
    ];
  });
  return [columns, ...lines];
}

/** As a file for spreadsheets (RFC 4180, with a byte order mark); no cell is taken for a formula. */
export function csv(table: string[][]): string {
  const cell = (text: string) => `"${(/^[=+\-@\t]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `\ufeff${table.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}

/** For pasting into a table: cells divided by tabs. */
export function tabbed(table: string[][]): string {
  return table.map((row) => row.map((text) => text.replace(/\s+/g, " ")).join("\t")).join("\n");
}
