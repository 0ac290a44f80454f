import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useMemo, useRef } from "react";
import { asProblem, type Schemas } from "../api/client";
import { documentQuery } from "../reader/data";
import { useStatus } from "../reader/status";
import { useKeys } from "../ui/keys";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { Wording } from "../ui/Wording";
import { count, day, language, sentence } from "../ui/words";
import { type Difference, type Differences, differencesQuery, differs, runsOf, said } from "./data";
import "./compare.css";

const route = getRouteApi("/versions/$version/differences/$other");

/** What has changed between two versions of a document, provision by provision and word by word. */
export default function DifferencesScreen() {
  const { version, other } = route.useParams();
  const { data, error, refetch } = useQuery(differencesQuery(version, other));
  const document = useQuery({ ...documentQuery(data?.document ?? ""), enabled: data !== undefined });
  const title = document.data ? document.data.shortTitle || document.data.title : "";
  useTitle(title ? `Differences: ${title}` : "Differences");
  return (
    <main id="main" className="compare" tabIndex={-1} aria-busy={!data && !error}>
      <header className="stack">
        <h1>Differences{title && `: ${title}`}</h1>
        {data && document.data && <Choice differences={data} document={document.data} />}
      </header>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {!data && !error && (
        <p className="muted" role="status">
          Comparing the versions…
        </p>
      )}
      {data && <Found key={`${version} ${other}`} differences={data} />}
    </main>
  );
}

interface ChoiceProps {
  differences: Differences;
  document: Schemas["DocumentDetail"];
}

/** Which two versions are compared. */
function Choice({ differences, document }: ChoiceProps) {
  const navigate = route.useNavigate();
  const { version, other } = route.useParams();
  const versions = document.versions.filter((one) => one.language === differences.new.language);
  const go = (params: { version: string; other: string }) => void navigate({ params });
  const options = versions.map((one) => (
    <option key={one.id} value={one.id}>
      Version {one.number}, {day(one.imported)}
      {one.current ? " (current)" : ""}
    </option>
  ));
  return (
    <div className="bar noprint">
      <label className="row small">
        From{" "}
        <select
          className="select"
          value={version}
          onChange={(event) => go({ version: event.target.value, other })}
        >
          {options}
        </select>
      </label>
      <label className="row small">
        to{" "}
        <select
          className="select"
          value={other}
          onChange={(event) => go({ version, other: event.target.value })}
        >
          {options}
        </select>
      </label>
      <button type="button" className="btn ghost" onClick={() => go({ version: other, other: version })}>
        Swap
      </button>
      <Link
        className="btn ghost"
        to="/read/$document"
        params={{ document: document.id }}
        search={{ version: other }}
      >
        Read the text
      </Link>
    </div>
  );
}

function Found({ differences }: { differences: Differences }) {
  const region = useRef<HTMLDivElement>(null);
  const { say, status } = useStatus();
  const runs = useMemo(() => runsOf(differences.differences), [differences]);
  const changed = runs.map((run) => run[0]).filter((one): one is Difference => !!one && differs(one));
  const step = (by: 1 | -1) => {
    const all = [...(region.current?.querySelectorAll<HTMLElement>("article.difference") ?? [])];
    const focused = all.findIndex((one) => one.contains(document.activeElement));
    const to = focused < 0 ? (by > 0 ? 0 : all.length - 1) : focused + by;
    const next = all[to];
    if (!next) return say(by > 0 ? "That was the last change" : "This is the first change");
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start", behavior: "instant" });
  };
  useKeys({ n: () => step(1), N: () => step(-1), j: () => step(1), k: () => step(-1) });
  if (changed.length === 0) {
    return (
      <p className="empty">
        No word is different: at most marks, blanks and lines are.{" "}
        {count(differences.counts.unchanged, "part")} compared.
      </p>
    );
  }
  const { old, new: now } = differences;
  return (
    <div ref={region} className="columns">
      <nav className="jumps" aria-labelledby="jumps">
        <h2 id="jumps">What changed</h2>
        <p className="small">{tally(differences.counts)}</p>
        <p className="tiny muted noprint">
          <kbd className="kbd">n</kbd> next change, <kbd className="kbd">N</kbd> the one before
        </p>
        <ol>
          {changed.map((one, index) => (
            <li key={nameOf(one)}>
              <a href={`#change-${index}`} onClick={() => focusSoon(`change-${index}`)}>
                {sentence(placeOf(one).pinpoint)}
              </a>{" "}
              <span className="tiny muted">{said(one)}</span>
            </li>
          ))}
        </ol>
      </nav>
      <div className="changes">
        <p className="small muted">
          Version {old.number} of {day(old.imported)} against version {now.number} of {day(now.imported)},{" "}
          {language(now.language)}. <ins>Inserted</ins> words are underlined, <del>deleted</del> ones struck
          out.
        </p>
        {runs.map((run) => {
          const [first] = run;
          if (!first) return null;
          if (!differs(first)) return <Unchanged key={nameOf(first)} run={run} differences={differences} />;
          return (
            <Change
              key={nameOf(first)}
              id={`change-${changed.indexOf(first)}`}
              one={first}
              differences={differences}
            />
          );
        })}
      </div>
      {status}
    </div>
  );
}

function Change({ id, one, differences }: { id: string; one: Difference; differences: Differences }) {
  const place = placeOf(one);
  const version = one.new ? differences.new.id : differences.old.id;
  return (
    <article id={id} className={`difference ${one.change}`} tabIndex={-1} aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>
          {sentence(place.pinpoint)} <span className="change">{said(one)}</span>
        </h2>
        <Link
          className="small noprint"
          to="/read/$document"
          params={{ document: differences.document }}
          search={{ version, at: place.provision }}
          aria-label={`Read ${place.pinpoint} in its place`}
        >
          in its place
        </Link>
      </header>
      {one.pieces.length > 0 && (
        <Wording pieces={one.pieces} lang={differences.new.language} fold={one.change === "changed"} />
      )}
      {one.pieces.length === 0 && <p className="small muted">{place.label}</p>}
    </article>
  );
}

function Unchanged({ run, differences }: { run: Difference[]; differences: Differences }) {
  const first = placeOf(run[0] as Difference).pinpoint;
  const last = placeOf(run.at(-1) as Difference).pinpoint;
  return (
    <details className="unchanged noprint">
      <summary>{run.length === 1 ? first : `${run.length} parts, ${first} to ${last}`}: unchanged</summary>
      <ul>
        {run.map((one) => (
          <li key={nameOf(one)}>
            <Link
              to="/read/$document"
              params={{ document: differences.document }}
              search={{ version: differences.new.id, at: placeOf(one).provision }}
            >
              {placeOf(one).label}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}

function placeOf({ old, new: now }: Difference): Schemas["Place"] {
  return (now ?? old) as Schemas["Place"];
}

function nameOf({ old, new: now }: Difference): string {
  return `${old?.provision ?? ""} ${now?.provision ?? ""}`;
}

const tallied = ["changed", "inserted", "deleted", "moved", "renumbered", "unchanged"] as const;

function tally(counts: Differences["counts"]): string {
  return tallied
    .filter((what) => counts[what] > 0)
    .map((what) => `${counts[what]} ${what}`)
    .join(" · ");
}

function focusSoon(id: string) {
  requestAnimationFrame(() => document.getElementById(id)?.focus({ preventScroll: true }));
}
