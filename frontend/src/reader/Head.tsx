import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Schemas } from "../api/client";
import type { ReaderAddress } from "../app/router";
import { Standing } from "../ui/Standing";
import { count, day, language, sentence } from "../ui/words";
import { documentQuery } from "./data";
import type { Version } from "./edition";

interface Props {
  document: Schemas["DocumentDetail"];
  version: Version;
  /** What is kept when another version is read. */
  address: Pick<ReaderAddress, "q" | "synonyms">;
}

/** What stands above the text: title, facts, and whatever the reader must know before trusting it. */
export function Head({ document, version, address }: Props) {
  const kept = { q: address.q, synonyms: address.synonyms };
  const own = document.versions.find((one) => one.id === version.id);
  const newest = document.versions.find((one) => one.current && one.language === version.language);
  return (
    <header className="masthead">
      <h1>{document.title}</h1>
      <p className="small muted">
        <Standing document={document} />{" "}
        {document.supersededBy && (
          <>
            by <Other id={document.supersededBy} /> ·{" "}
          </>
        )}
        {facts(document, own).join(" · ")} ·{" "}
        <Link to="/library/$document" params={{ document: document.id }}>
          About it
        </Link>
      </p>
      <Versions document={document} version={version} address={kept} />
      {document.digest && (
        <p className="notice digested">
          <b>Digest – our summary, not the official text.</b>{" "}
          {document.about && document.kind === "commentary" && (
            <>
              The text itself is here: <Other id={document.about} />.{" "}
            </>
          )}
          <Official document={document} />
        </p>
      )}
      {!document.digest && <Status document={document} />}
      {own?.corrected && (
        <p className="notice">
          The language of this version was corrected.{" "}
          <Link
            to="/read/$document"
            params={{ document: document.id }}
            search={{ ...kept, version: own.corrected }}
          >
            Read it in the right one
          </Link>
        </p>
      )}
      {own && !own.current && !own.corrected && newest && (
        <p className="notice">
          This is version {version.number}; there is a newer one.{" "}
          <Link
            to="/read/$document"
            params={{ document: document.id }}
            search={{ ...kept, version: newest.id }}
          >
            Read the current version
          </Link>
        </p>
      )}
    </header>
  );
}

/** A link to another document, by its name. */
function Other({ id }: { id: string }) {
  const { data } = useQuery(documentQuery(id));
  return (
    <Link to="/read/$document" params={{ document: id }}>
      {data ? data.shortTitle || data.title : id}
    </Link>
  );
}

/** What is held of the document, as far as that is not all of it, and how it stands. */
function Status({ document }: { document: Schemas["DocumentDetail"] }) {
  const remarks = document.remarks?.replaceAll("_", " ") ?? "";
  if (/^(partial|opening)/i.test(remarks)) {
    return (
      <p className="notice digested">
        <b>Not the whole text</b> – {remarks}. <Official document={document} />
      </p>
    );
  }
  return (
    <p className="small muted">
      {remarks && `${sentence(remarks)}. `}
      <Official document={document} />
    </p>
  );
}

/** A link to the official text, nothing where its address is not known or not one of the web. */
export function Official({ document }: { document: Schemas["DocumentDetail"] }) {
  if (!document.address || !/^https?:/.test(document.address)) return null;
  return (
    <a href={document.address} rel="noreferrer">
      Official text
    </a>
  );
}

/** The facts about a document in a line: what it is, whose, when, between whom. */
export function facts(document: Schemas["DocumentDetail"], version?: Schemas["VersionSummary"]): string[] {
  const parties = document.parties ?? [];
  return [
    document.kind,
    document.organisation,
    document.year ? String(document.year) : "",
    parties.length > 6 ? count(parties.length, "party", "parties") : parties.join(", "),
    version && version.articles > 0 ? count(version.articles, "article") : "",
    version && version.articles === 0 ? count(version.passages, "passage") : "",
  ].filter((fact): fact is string => Boolean(fact));
}

function Versions({ document, version, address }: Props) {
  const shown = document.versions.filter((one) => !one.corrected);
  if (shown.length < 2) return null;
  return (
    <>
      <nav className="versions small" aria-label="Versions of this document">
        {shown.map((one) => (
          <Link
            key={one.id}
            to="/read/$document"
            params={{ document: document.id }}
            search={{ ...address, version: one.id }}
            activeOptions={{ exact: true }}
            aria-current={one.id === version.id ? "true" : undefined}
            lang="en"
          >
            {language(one.language)}
            {one.current ? "" : `, version ${one.number} of ${day(one.imported)}`}
          </Link>
        ))}
      </nav>
      <Comparisons document={document} version={version} />
    </>
  );
}

/** Leads to what changed between versions, to other languages beside this one, and to what is to review. */
function Comparisons({ document, version }: Pick<Props, "document" | "version">) {
  const alike = document.versions.filter((one) => one.language === version.language && !one.corrected);
  const own = alike.findIndex((one) => one.id === version.id);
  const older = own < 0 ? undefined : alike[own + 1];
  const newest = alike[0];
  const [from, to] = older ? [older, version] : [version, newest];
  const others = document.versions.filter((one) => one.current && one.language !== version.language);
  return (
    <ul className="comparisons small noprint">
      {document.toReview > 0 && (
        <li>
          <Link to="/review/$document" params={{ document: document.id }}>
            <b>{count(document.toReview, "annotation")} to review</b>
          </Link>
        </li>
      )}
      {from && to && from.id !== to.id && (
        <li>
          <Link to="/versions/$version/differences/$other" params={{ version: from.id, other: to.id }}>
            {older ? `What changed since version ${from.number}` : `What changed up to version ${to.number}`}
          </Link>
        </li>
      )}
      {others.map((one) => (
        <li key={one.id}>
          <Link to="/versions/$version/parallel/$other" params={{ version: version.id, other: one.id }}>
            Side by side with {language(one.language)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
