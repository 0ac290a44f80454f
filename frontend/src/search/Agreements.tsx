import { Link } from "@tanstack/react-router";
import { Marked } from "../ui/Marked";
import { Pages } from "../ui/Pages";
import { Standing } from "../ui/Standing";
import { count, number, sentence } from "../ui/words";
import { type inReader, type SearchAddress, type Sort, sorts } from "./address";
import { whose } from "./facts";
import { orderNames } from "./orders";
import type { DocumentSummary, Group, Hit, Result } from "./queries";
import { Strip } from "./Strip";
import { hitKey } from "./useHits";
import { Older, versionOf } from "./version";
import "./agreements.css";

type Found = ReturnType<typeof inReader>;

interface Props {
  address: SearchAddress;
  result: Result;
  /** What found the hits. */
  found: Found;
}

/** One row a document: how much was found in it and where, and the best of it. */
export default function Agreements({ address, result, found }: Props) {
  const sort = sorts.find((known) => known === address.sort) ?? "relevance";
  return (
    <div className="agreements">
      <table>
        <caption className="small muted">
          Agreements: {count(result.documents, "document")}, {orderNames[sort].toLowerCase()}
        </caption>
        <thead>
          <tr>
            <Column name="Document" orders={["title"]} sort={sort} address={address} />
            <Column name="Year" orders={["newest", "oldest"]} sort={sort} address={address} />
            <th scope="col">Organisation or parties</th>
            <th scope="col">Status</th>
            <Column name="Hits" orders={["hits"]} sort={sort} address={address} />
            <th scope="col">Best hit</th>
            <th scope="col">Where the hits are</th>
          </tr>
        </thead>
        <tbody>
          {result.groups.map((group) => (
            <Row key={group.document.id} group={group} found={found} />
          ))}
        </tbody>
      </table>
      <Pages
        label="Pages of agreements"
        here={result.page}
        last={Math.ceil(result.documents / result.size)}
        to={(page) => ({ to: "/search", search: { ...address, page } })}
      />
    </div>
  );
}

const directions: Partial<Record<Sort, "ascending" | "descending">> = {
  title: "ascending",
  oldest: "ascending",
  newest: "descending",
  hits: "descending",
};

interface ColumnProps {
  name: string;
  /** What the heading sorts by: the first, and the next one when it is chosen already. */
  orders: Sort[];
  sort: Sort;
  address: SearchAddress;
}

/** The heading of a column that can be sorted by. */
function Column({ name, orders, sort, address }: ColumnProps) {
  const here = orders.indexOf(sort);
  const next = orders[(here + 1) % orders.length];
  const direction = here >= 0 ? directions[sort] : undefined;
  return (
    <th scope="col" aria-sort={direction}>
      <Link to="/search" search={{ ...address, sort: next, page: undefined }} activeOptions={{ exact: true }}>
        {name}
        {direction && <span aria-hidden="true">{direction === "ascending" ? " ↑" : " ↓"}</span>}
      </Link>
    </th>
  );
}

function Row({ group, found }: { group: Group; found: Found }) {
  const { document, hits, total, places } = group;
  return (
    <tr>
      <th scope="row">
        <Link to="/read/$document" params={{ document: document.id }} search={found}>
          {document.title}
        </Link>
        {document.digest && (
          <>
            {" "}
            <span className="digest">Digest</span>
          </>
        )}
      </th>
      <td className="year">{document.year || ""}</td>
      <td className="whose">{whose(document).join(", ")}</td>
      <td className="status">
        <Standing document={document} />
      </td>
      <td className="hits">
        {number(total)}
        <span className="unit"> {total === 1 ? "hit" : "hits"}</span>
      </td>
      <td className="best">{hits[0] && <Best hit={hits[0]} document={document} found={found} />}</td>
      <td className="where">
        <Strip places={places} total={total} length={document.length} />
      </td>
    </tr>
  );
}

function Best({ hit, document, found }: { hit: Hit; document: DocumentSummary; found: Found }) {
  return (
    <>
      <Link
        to="/read/$document"
        params={{ document: document.id }}
        search={{ ...found, at: hit.cited, version: versionOf(document, hit) }}
        data-hit={hitKey(hit)}
      >
        {sentence(hit.citedPinpoint || hit.pinpoint)} {hit.heading}
      </Link>{" "}
      <Older superseded={hit.superseded} />
      <p lang={hit.language}>
        {hit.snippet.start > hit.start && "… "}
        <Marked text={hit.snippet.text} start={hit.snippet.start} spans={hit.spans} />
        {hit.snippet.end < hit.end && " …"}
      </p>
    </>
  );
}
