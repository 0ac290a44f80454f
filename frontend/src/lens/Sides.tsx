import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { asProblem } from "../api/client";
import { nameOf } from "../search/facts";
import type { Line } from "../search/queries";
import { Older, versionOf } from "../search/version";
import { ProblemNotice } from "../ui/ProblemNotice";
import { count, number, sentence } from "../ui/words";
import { type LensAddress, type Side, type SideSort, searchIn, sideSorts } from "./address";
import { sideQuery } from "./queries";

const orders: Record<SideSort, string> = {
  document: "By document",
  left: "By the words to the left",
  right: "By the words to the right",
};

/** The first lines of both groups, side by side. */
export function Sides({ address, both }: { address: LensAddress; both: boolean }) {
  const navigate = useNavigate();
  return (
    <section aria-labelledby="lens-lines">
      <div className="bar">
        <h2 id="lens-lines" className="grow">
          In which lines
        </h2>
        <label>
          <span className="sr">Order of the lines</span>
          <select
            className="select"
            value={address.sort ?? sideSorts[0]}
            onChange={(event) => {
              const sort = event.target.value as SideSort;
              void navigate({
                to: "/lens",
                search: { ...address, sort: sort === sideSorts[0] ? undefined : sort },
                resetScroll: false,
              });
            }}
          >
            {sideSorts.map((sort) => (
              <option key={sort} value={sort}>
                {orders[sort]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="lens-pair">
        <Lines side="a" address={address} />
        {both && <Lines side="b" address={address} />}
      </div>
    </section>
  );
}

function Lines({ side, address }: { side: Side; address: LensAddress }) {
  const { data, error, isPlaceholderData, refetch } = useQuery(sideQuery(address, side));
  const name = `Group ${side.toUpperCase()}`;
  return (
    <section className="lens-side" aria-label={`Lines of ${name}`} aria-busy={isPlaceholderData}>
      <h3>
        <span className="lens-tag">{side.toUpperCase()}</span> {data ? count(data.total, "line") : "Lines"}
      </h3>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {!data && !error && <div className="bone lens-bone" aria-hidden="true" />}
      {data?.total === 0 && <p className="muted">The term is not here.</p>}
      {data && data.total > 0 && (
        <>
          <ol className={isPlaceholderData ? "stale" : undefined}>
            {data.lines.map((line) => (
              <Row key={`${line.version} ${line.start}`} line={line} q={searchIn(address, side).q} />
            ))}
          </ol>
          {data.total > data.lines.length && (
            <Link
              className="small"
              to="/search"
              search={searchIn(address, side, { view: "concordance", sort: address.sort })}
            >
              All {number(data.total)} lines of {name}
            </Link>
          )}
        </>
      )}
    </section>
  );
}

function Row({ line, q }: { line: Line; q: string | undefined }) {
  const { document, language } = line;
  return (
    <li>
      <Link
        className="tiny"
        to="/read/$document"
        params={{ document: document.id }}
        search={{ q, at: line.provision, version: versionOf(document, line) }}
      >
        {[nameOf(document), sentence(line.pinpoint)].filter(Boolean).join(", ")}
      </Link>
      {document.digest && <span className="digest">Digest</span>} <Older superseded={line.superseded} />
      <p lang={language}>
        {line.left}
        <mark>{line.match}</mark>
        {line.right}
      </p>
    </li>
  );
}
