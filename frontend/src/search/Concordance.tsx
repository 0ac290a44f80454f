import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { asProblem } from "../api/client";
import { Pages } from "../ui/Pages";
import { ProblemNotice } from "../ui/ProblemNotice";
import { pieces } from "../ui/pieces";
import { Standing } from "../ui/Standing";
import { count, number, sentence } from "../ui/words";
import { asked, inReader, inView, lineSorts, type SearchAddress } from "./address";
import { nameOf } from "./facts";
import { orderNames } from "./orders";
import { type DocumentSummary, type Line, linesQuery } from "./queries";
import { Older, versionOf } from "./version";
import "./concordance.css";

/** Every match of q in its line, under each other, with the words to the left and to the right. */
export function Concordance({ address, q }: { address: SearchAddress; q: string | undefined }) {
  const { data, error, isPlaceholderData, refetch } = useQuery(linesQuery({ ...address, q }));
  const sort = lineSorts.find((known) => known === address.sort) ?? lineSorts[0];
  if (error) return <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />;
  if (!data) return <Bones />;
  if (data.total === 0) return <NoLines address={address} passages={data.passages} />;
  return (
    <div className={isPlaceholderData ? "concordance stale" : "concordance"} aria-busy={isPlaceholderData}>
      <table>
        <caption className="small muted">
          Concordance: {count(data.total, "line")}, {orderNames[sort].toLowerCase()} ·{" "}
          <Link to="/lens" search={asked(address)}>
            compare two groups of them
          </Link>
        </caption>
        <thead className="sr">
          <tr>
            <th scope="col">Place</th>
            <th scope="col">Left</th>
            <th scope="col">Match</th>
            <th scope="col">Right</th>
          </tr>
        </thead>
        <tbody>
          {data.lines.map((line) => (
            <Row key={`${line.version} ${line.start}`} line={line} address={{ ...address, q }} />
          ))}
        </tbody>
      </table>
      <Pages
        label="Pages of lines"
        here={data.page}
        last={Math.ceil(data.total / data.size)}
        to={(page) => ({ to: "/search", search: { ...address, page } })}
      />
    </div>
  );
}

function Row({ line, address }: { line: Line; address: SearchAddress }) {
  const { document, version, language } = line;
  const pinpoint = sentence(line.pinpoint);
  return (
    <tr>
      <th scope="row">
        <Link
          to="/read/$document"
          params={{ document: document.id }}
          search={{
            ...inReader(address),
            at: line.provision,
            version: versionOf(document, line),
          }}
          title={[nameOf(document), pinpoint].filter(Boolean).join(", ")}
          data-hit={`${version} ${line.start}`}
        >
          <span className="name">{nameOf(document)}</span> <span className="pinpoint">{pinpoint}</span>
        </Link>
        <About document={document} /> <Older superseded={line.superseded} />
      </th>
      <td className="left" lang={language}>
        <Context text={line.left} start={line.start - [...line.left].length} by={line.by} />
      </td>
      <td className="match" lang={language}>
        <mark>{line.match}</mark>
      </td>
      <td className="right" lang={language}>
        <Context text={line.right} start={line.end} by={line.by} />
      </td>
    </tr>
  );
}

/** The words on one side of a match; the one that the lines are sorted by stands out. */
function Context({ text, start, by }: { text: string; start: number; by: Line["by"] }) {
  return (
    <span>
      <span>
        {pieces(text, start, by ? [by] : []).map((piece) =>
          piece.marked ? <b key={piece.start}>{piece.text}</b> : piece.text,
        )}
      </span>
    </span>
  );
}

function About({ document }: { document: DocumentSummary }) {
  const { organisation, year, digest } = document;
  return (
    <span className="about tiny muted">
      {digest && <span className="digest">Digest</span>}
      <Standing document={document} /> {[organisation, year].filter(Boolean).join(" · ")}
    </span>
  );
}

function NoLines({ address, passages }: { address: SearchAddress; passages: number }) {
  return (
    <section className="empty" aria-labelledby="nolines">
      <h2 id="nolines">There are no words to line up</h2>
      <p>
        {count(passages, "passage")} {passages === 1 ? "is" : "are"} found by what is known of{" "}
        {passages === 1 ? "it" : "them"}, not by the words of the text. Add a word or a “phrase” to the query,
        or{" "}
        <Link to="/search" search={inView(address, undefined)}>
          see the {passages === 1 ? "passage" : `${number(passages)} passages`}
        </Link>
        .
      </p>
    </section>
  );
}

const bones = ["one", "two", "three", "four", "five", "six", "seven", "eight"];

/** The shape of the lines while the first ones load. */
function Bones() {
  return (
    <div className="stack" aria-hidden="true">
      {bones.map((bone) => (
        <div key={bone} className="bone b-line" />
      ))}
    </div>
  );
}
