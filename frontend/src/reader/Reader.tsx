import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { asProblem, type Schemas } from "../api/client";
import { isPrerendered } from "../app/prerendered";
import { handOn } from "../ui/handOn";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { documentQuery, matchesQuery, versionQuery } from "./data";
import { Official } from "./Head";
import { Reading } from "./Reading";
import "./reader.css";
import "./contents.css";
import "./text.css";
import "./margin.css";
import "./following.css";
import "./media.css";

const route = getRouteApi("/read/$document");

/** The reader: one version of a document, the annotations on it and, if a query led here, its marks. */
export default function Reader() {
  const { document: id } = route.useParams();
  const { version: wanted, q, synonyms } = route.useSearch();
  const document = useQuery(documentQuery(id));
  const chosen = wanted ?? (document.data && currentVersion(document.data.versions)?.id);
  const version = useQuery({ ...versionQuery(chosen ?? ""), enabled: chosen !== undefined });
  // Asked for together with the text, for the screen that will want them.
  useQuery({
    ...matchesQuery(chosen ?? "", q ?? "", synonyms),
    enabled: chosen !== undefined && !!q,
    notifyOnChangeProps: [],
  });
  useTitle(document.data ? document.data.shortTitle || document.data.title : "");
  if (document.isError) return <Failed error={document.error} what="document" again={document.refetch} />;
  if (!document.data) return <Waiting />;
  if (chosen === undefined) return <Textless document={document.data} />;
  const stranger = version.data && version.data.document !== document.data.id;
  if (version.isError || stranger) {
    return <Failed error={version.error} what="version" document={document.data} again={version.refetch} />;
  }
  if (!version.data) return <Waiting document={document.data} />;
  return <Reading key={version.data.id} document={document.data} version={version.data} />;
}

/** The current version in English if there is one, else the first current one; undefined without any. */
function currentVersion(versions: Schemas["VersionSummary"][]): Schemas["VersionSummary"] | undefined {
  const current = versions.filter((version) => version.current);
  return current.find((version) => /^en\b/i.test(version.language)) ?? current[0] ?? versions[0];
}

function Waiting({ document }: { document?: Schemas["DocumentDetail"] }) {
  if (isPrerendered()) return null;
  return (
    <main id="main" ref={handOn} className="reader waiting" tabIndex={-1} aria-busy="true">
      <div className="contents" />
      <div className="column">
        <div className="measure">
          {document ? <h1>{document.title}</h1> : <div className="bone big" />}
          <p className="sr" role="status">
            Loading the text…
          </p>
          {Array.from({ length: 5 }, (_, paragraph) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: nothing but its number tells one from another
            <div className="bones" key={paragraph} aria-hidden="true">
              <div className="bone" />
              <div className="bone" />
              <div className="bone" />
              <div className="bone short" />
            </div>
          ))}
        </div>
      </div>
      <div className="margin" />
      <div className="map" />
    </main>
  );
}

interface FailedProps {
  error: unknown;
  what: "document" | "version";
  document?: Schemas["DocumentDetail"];
  again: () => void;
}

function Failed({ error, what, document, again }: FailedProps) {
  const problem = error ? asProblem(error) : undefined;
  useTitle("Not found");
  return (
    <main id="main" className="plain stack" tabIndex={-1}>
      {problem && problem.status !== 404 ? (
        <>
          <h1>The text could not be read</h1>
          <ProblemNotice problem={problem} again={again} />
        </>
      ) : (
        <h1>
          {what === "document" ? "There is no such document" : "There is no such version of this document"}
        </h1>
      )}
      {document ? (
        <p>
          <Link to="/read/$document" params={{ document: document.id }}>
            Read the current version of {document.shortTitle || document.title}
          </Link>
        </p>
      ) : (
        <p>
          <Link to="/library">Look through the library</Link> or <Link to="/search">search</Link> for it.
        </p>
      )}
    </main>
  );
}

function Textless({ document }: { document: Schemas["DocumentDetail"] }) {
  return (
    <main id="main" className="plain stack" tabIndex={-1}>
      <h1>{document.title}</h1>
      <p>There is no text of this document here yet.</p>
      <p>
        <Official document={document} />
      </p>
    </main>
  );
}
