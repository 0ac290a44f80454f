import { useId, useRef } from "react";
import { writeParams } from "../app/address";
import { useKeys } from "../ui/keys";
import { count } from "../ui/words";
import { asked, type SearchAddress, sorts } from "./address";
import type { Result } from "./queries";
import "./exports.css";

interface Format {
  name: string;
  /** What it is for, in few words. */
  what: string;
  href: string;
}

const ofPassages = [
  ["csv", "CSV", "a table, one row a passage"],
  ["xlsx", "Excel", "the same table as a workbook"],
  ["json", "JSON", "with the places of all matches"],
  ["markdown", "Markdown", "quotations with pinpoints and links"],
  ["bibtex", "BibTeX", "documents with pinpoints, for LaTeX"],
  ["ris", "RIS", "the same for Zotero, EndNote, Mendeley"],
  ["csljson", "CSL-JSON", "the same for Zotero and Pandoc"],
] as const;

/** The ways in which all of what was found leaves, whatever page is shown. */
export function ExportMenu({ address, result }: { address: SearchAddress; result: Result }) {
  const id = useId();
  const menu = useRef<HTMLElement>(null);
  useKeys({
    e: () => {
      menu.current?.showPopover();
      menu.current?.querySelector("a")?.focus();
    },
  });
  // Partial matches leave by the query that found them.
  const search = asked(result.relaxed ? { ...address, q: result.relaxed } : address);
  const sort = sorts.find((known) => known === address.sort);
  const passages = (format: string) => `/api/search/export${writeParams({ ...search, sort, format })}`;
  const parts: { name: string; formats: Format[] }[] = [];
  if (address.view === "concordance") {
    const lines = `/api/concordance/export${writeParams({ ...search, sort: address.sort })}`;
    const formats = [{ name: "CSV of the lines", what: "in this order", href: lines }];
    parts.push({ name: "All lines", formats });
  }
  if (result.passages > 0) {
    const formats = ofPassages.map(([format, name, what]) => ({ name, what, href: passages(format) }));
    const found = `${count(result.passages, "passage")} in ${count(result.documents, "document")}`;
    parts.push({ name: result.passages > 1 ? `All ${found}` : found, formats });
  }
  const note = { name: "Methods note", what: "what makes it repeatable", href: passages("methods") };
  parts.push({ name: "The search itself", formats: [note] });
  return (
    <>
      <button type="button" className="btn export-menu" popoverTarget={id}>
        Export
        <span className="kbd" aria-hidden="true">
          e
        </span>
      </button>
      <section ref={menu} id={id} popover="auto" className="exports card" aria-label="Export">
        {parts.map(({ name, formats }) => (
          <div key={name}>
            <h2 className="muted">{name}</h2>
            <ul>
              {formats.map((format) => (
                <li key={format.name}>
                  <a href={format.href} download onClick={() => menu.current?.hidePopover()}>
                    <b>{format.name}</b> <span className="small muted">{format.what}</span>
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </section>
    </>
  );
}
