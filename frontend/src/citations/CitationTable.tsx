import { useId, useState } from "react";
import { count } from "../ui/words";
import { Candidates } from "./Candidates";
import { CitationLink } from "./CitationLink";
import type { Citation } from "./queries";
import { csv, results, rows, tabbed } from "./table";

/** A list of citations, line by line: what each leads to or what is wrong with it. */
export function CitationTable({ citations }: { citations: Citation[] }) {
  const id = useId();
  const [told, setTold] = useState("");
  const found = citations.filter(({ status }) => status === "resolved").length;
  const table = () => rows(citations, location.origin);
  const copy = () =>
    navigator.clipboard.writeText(tabbed(table())).then(
      () => setTold("Copied"),
      () => setTold("The browser does not let this page copy; download it instead"),
    );
  return (
    <section className="citations" aria-labelledby={id}>
      <div className="bar">
        <h2 id={id} className="grow">
          {count(citations.length, "citation")}, {found} found
        </h2>
        <span className="small muted" role="status">
          {told}
        </span>
        <button type="button" className="btn" onClick={() => void copy()}>
          Copy table
        </button>
        <button type="button" className="btn" onClick={() => download(csv(table()))}>
          Download CSV
        </button>
      </div>
      <table>
        <caption className="sr">What each line cites</caption>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Leads to</th>
            <th scope="col">Opening words</th>
          </tr>
        </thead>
        <tbody>
          {citations.map((citation, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity, and two may be alike
            <Row key={i} citation={citation} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ citation }: { citation: Citation }) {
  const { text, status, document, opening, language, reason } = citation;
  return (
    <tr className={status}>
      <th scope="row">{text}</th>
      <td>
        <CitationLink citation={citation} />
        {document?.digest && " "}
        {document?.digest && <span className="digest">Digest</span>}
        {status !== "resolved" && <p className="small wrong">{results[status]}</p>}
        <Candidates citation={citation} />
      </td>
      <td>
        {opening && (
          <p className="opening" lang={language}>
            {opening}
          </p>
        )}
        {reason && <p className={status === "resolved" ? "small muted" : "small wrong"}>{reason}</p>}
      </td>
    </tr>
  );
}

function download(text: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  link.download = "citations.csv";
  link.click();
  URL.revokeObjectURL(link.href);
}
