import { Link } from "@tanstack/react-router";
import type { Schemas } from "../api/client";
import { Standing } from "../ui/Standing";
import { language, number } from "../ui/words";

const fewParties = 4;

export function Documents({ documents }: { documents: Schemas["DocumentSummary"][] }) {
  return (
    <table className="documents">
      <thead>
        <tr>
          <th scope="col">Title</th>
          <th scope="col" className="num">
            Year
          </th>
          <th scope="col">Kind</th>
          <th scope="col">Status</th>
          <th scope="col">Organisation or parties</th>
          <th scope="col">Languages</th>
          <th scope="col" className="num">
            Passages
          </th>
          <th scope="col" className="num">
            Annotations
          </th>
        </tr>
      </thead>
      <tbody>
        {documents.map((document) => (
          <Row key={document.id} document={document} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ document }: { document: Schemas["DocumentSummary"] }) {
  return (
    <tr>
      <th scope="row">
        <Link to="/read/$document" params={{ document: document.id }}>
          {document.title}
        </Link>
        {document.shortTitle && document.shortTitle !== document.title && (
          <span className="muted"> {document.shortTitle}</span>
        )}
        {document.digest && (
          <>
            {" "}
            <span className="digest" title="Our summary, not the official text">
              Digest
            </span>
          </>
        )}
      </th>
      <td className="num">{document.year || ""}</td>
      <td>{document.kind}</td>
      <td>
        <Standing document={document} />
      </td>
      <td className="who">{document.organisation || partiesOf(document.parties ?? [])}</td>
      <td>{document.languages.map(language).join(", ")}</td>
      <td className="num" data-unit="passages">
        {number(document.passages)}
      </td>
      <td className="num" data-unit="annotations">
        {document.annotations > 0 ? number(document.annotations) : ""}
      </td>
    </tr>
  );
}

function partiesOf(parties: string[]): string {
  if (parties.length <= fewParties) return parties.join(" · ");
  return `${parties.slice(0, fewParties - 1).join(" · ")} and ${parties.length - fewParties + 1} others`;
}
