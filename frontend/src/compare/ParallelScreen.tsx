import { useQueries, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { asProblem, type Schemas } from "../api/client";
import { documentQuery, versionQuery } from "../reader/data";
import { type Edition, edition as editionOf, indexAt } from "../reader/edition";
import { useStatus } from "../reader/status";
import { useKeys } from "../ui/keys";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { day, language, number } from "../ui/words";
import { parallelQuery } from "./data";
import "./compare.css";

const route = getRouteApi("/versions/$version/parallel/$other");

type Row = Schemas["Parallel"]["rows"][number];
type Stretch = Schemas["ParallelStretch"];

/** Two versions of a document side by side, usually in two languages, provision by provision. */
export default function ParallelScreen() {
  const { version, other } = route.useParams();
  const parallel = useQuery(parallelQuery(version, other));
  const [a, b] = useQueries({ queries: [versionQuery(version), versionQuery(other)] });
  const id = parallel.data?.document;
  const document = useQuery({ ...documentQuery(id ?? ""), enabled: id !== undefined });
  const title = document.data ? document.data.shortTitle || document.data.title : "";
  useTitle(title ? `Side by side: ${title}` : "Side by side");
  const error = parallel.error ?? a?.error ?? b?.error;
  const editions = useMemo(
    () => (a?.data && b?.data ? ([editionOf(a.data), editionOf(b.data)] as const) : undefined),
    [a?.data, b?.data],
  );
  return (
    <main id="main" className="compare parallel" tabIndex={-1} aria-busy={!editions && !error}>
      <header className="stack">
        <h1>{title || "Side by side"}</h1>
        {document.data && <Choice document={document.data} />}
      </header>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void parallel.refetch()} />}
      {!error && !(editions && parallel.data) && (
        <p className="muted" role="status">
          Setting the texts side by side…
        </p>
      )}
      {editions && parallel.data && <Rows a={editions[0]} b={editions[1]} rows={parallel.data.rows} />}
    </main>
  );
}

/** Which version stands on which side. */
function Choice({ document }: { document: Schemas["DocumentDetail"] }) {
  const navigate = route.useNavigate();
  const params = route.useParams();
  const choose = (side: "version" | "other", label: string) => (
    <label className="row small">
      {label}{" "}
      <select
        className="select"
        value={params[side]}
        onChange={(event) => void navigate({ params: { ...params, [side]: event.target.value } })}
      >
        {document.versions.map((one) => (
          <option key={one.id} value={one.id}>
            {language(one.language)}
            {one.current ? "" : `, version ${one.number} of ${day(one.imported)}`}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div className="bar noprint">
      {choose("version", "Left")}
      {choose("other", "Right")}
      <Link
        className="btn ghost"
        to="/read/$document"
        params={{ document: document.id }}
        search={{ version: params.version }}
      >
        Read the text
      </Link>
    </div>
  );
}

function Rows({ a, b, rows }: { a: Edition; b: Edition; rows: Row[] }) {
  const region = useRef<HTMLDivElement>(null);
  const { say, status } = useStatus();
  const step = (by: 1 | -1) => {
    const all = [...(region.current?.querySelectorAll<HTMLElement>(".pair") ?? [])];
    const focused = all.findIndex((one) => one.contains(document.activeElement));
    const next = all[focused < 0 ? 0 : focused + by];
    if (!next) return say(by > 0 ? "This is the end of the text" : "This is the beginning of the text");
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
  useKeys({ j: () => step(1), k: () => step(-1) });
  const alone = rows.filter((row) => !row.a || !row.b).length;
  const names = [language(a.version.language), language(b.version.language)] as const;
  return (
    <>
      <p className="small muted">
        {number(rows.length - alone)} of {number(rows.length)} provisions and headings stand beside their
        counterpart
        {alone > 0 && "; what has none stands alone"}.
      </p>
      <div ref={region} className="pairs">
        <div className="sides" aria-hidden="true">
          <b>{names[0]}</b>
          <b>{names[1]}</b>
        </div>
        {rows.map((row) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
          <div
            className="pair"
            key={`${row.a?.start ?? ""} ${row.b?.start ?? ""}`}
            role="group"
            tabIndex={-1}
            aria-label={(row.a ?? row.b)?.pinpoint}
          >
            <Side edition={a} stretch={row.a} name={names[0]} />
            <Side edition={b} stretch={row.b} name={names[1]} />
          </div>
        ))}
      </div>
      {status}
    </>
  );
}

function Side({ edition, stretch, name }: { edition: Edition; stretch: Stretch | undefined; name: string }) {
  if (!stretch) return <p className="none small muted">Not in the {name} text</p>;
  const { blocks, offsets, text, version } = edition;
  const end = offsets.units(stretch.end);
  const own = [];
  for (let at = indexAt(blocks, offsets.units(stretch.start)); at < blocks.length; at++) {
    const block = blocks[at];
    if (!block || block.start >= end) break;
    own.push(block);
  }
  return (
    <div className="side" lang={version.language} dir="auto">
      {own.map((block) =>
        block.heading ? (
          <h2 key={block.start}>{text.slice(block.start, block.end)}</h2>
        ) : (
          <p key={block.start} className={block.indent > 0 ? "deeper" : undefined}>
            {text.slice(block.start, block.end)}
          </p>
        ),
      )}
    </div>
  );
}
