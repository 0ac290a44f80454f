import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment, useId, useState } from "react";
import { asProblem } from "../api/client";
import { NoteExcerpt } from "../reader/note";
import { Chip } from "../ui/Chip";
import { Marked } from "../ui/Marked";
import { ProblemNotice } from "../ui/ProblemNotice";
import { Standing } from "../ui/Standing";
import { count, number, sentence } from "../ui/words";
import { inReader, type SearchAddress } from "./address";
import { facts } from "./facts";
import { type DocumentSummary, type Group, type Hit, hitsQuery, mostHits, type Result } from "./queries";
import { Strip } from "./Strip";
import { hitKey, type Seen } from "./useHits";
import { useWhy } from "./useWhy";
import { Older, versionOf } from "./version";

interface Look {
  current: Seen | undefined;
  onCurrent: (seen: Seen) => void;
}

export function Results({ address, result, ...look }: { address: SearchAddress; result: Result } & Look) {
  return result.groups.map((group) => (
    <GroupOfHits key={`${group.document.id} ${result.query}`} address={address} group={group} {...look} />
  ));
}

function GroupOfHits({ address, group, ...look }: { address: SearchAddress; group: Group } & Look) {
  const [all, setAll] = useState(false);
  const { data, isFetching, error, refetch } = useQuery({
    ...hitsQuery(address, group.document.id),
    enabled: all,
  });
  const heading = useId();
  const hits = (all && data) || group.hits;
  const hidden = group.total - group.hits.length;
  return (
    <article className="grp" aria-labelledby={heading}>
      <div className="gh">
        <h2 id={heading}>
          <Link to="/read/$document" params={{ document: group.document.id }} search={inReader(address)}>
            {group.document.title}
          </Link>
        </h2>
        <Strip places={group.places} total={group.total} length={group.document.length} />
        <span className="small muted total">{count(group.total, "hit")}</span>
        <About document={group.document} />
      </div>
      <ol>
        {hits.map((hit) => (
          <HitItem key={hitKey(hit)} hit={hit} document={group.document} address={address} {...look} />
        ))}
      </ol>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {hidden > 0 && (
        <button
          type="button"
          className="link small more"
          aria-expanded={all}
          disabled={isFetching}
          onClick={() => setAll(!all)}
        >
          {moreLabel(all, isFetching, hidden)}
        </button>
      )}
      {all && data && group.total > data.length && (
        <p className="small muted more">
          The first {number(mostHits)} of {number(group.total)} are shown; the reader has them all.
        </p>
      )}
    </article>
  );
}

function moreLabel(all: boolean, fetching: boolean, hidden: number): string {
  if (fetching) return "Loading…";
  return all ? "Show fewer ↑" : `${number(hidden)} more in this document ↓`;
}

function About({ document }: { document: DocumentSummary }) {
  return (
    <p className="small muted mt">
      <Standing document={document} /> {facts(document).join(" · ")}
      {document.digest && (
        <>
          {" "}
          <span className="digest">Digest – our summary, not the official text</span>
        </>
      )}
    </p>
  );
}

function HitItem({
  hit,
  document,
  address,
  current,
  onCurrent,
}: { hit: Hit; document: DocumentSummary; address: SearchAddress } & Look) {
  const why = useWhy(address, hit);
  const isCurrent = current !== undefined && hitKey(current.hit) === hitKey(hit);
  const notes = hit.annotations.filter((annotation) => annotation.note).length;
  return (
    <li className="hit" data-current={isCurrent || undefined}>
      <div className="top-line">
        <h3 className="path">
          <Link
            to="/read/$document"
            params={{ document: document.id }}
            search={{
              ...inReader(address),
              at: hit.cited,
              version: versionOf(document, hit),
            }}
            data-hit={hitKey(hit)}
            onFocus={() => onCurrent({ hit, document })}
          >
            <span className="way">
              {crumbsOf(hit).map((crumb) => (
                <Fragment key={crumb.provision}>
                  {crumb.label}
                  <span className="gt"> › </span>
                </Fragment>
              ))}
            </span>
            <b>
              {sentence(hit.citedPinpoint || hit.pinpoint)} {hit.heading}
            </b>
          </Link>{" "}
          <Older superseded={hit.superseded} />
        </h3>
        {why.button}
      </div>
      <p className="sn" lang={hit.language}>
        {hit.snippet.start > hit.start && "… "}
        <Marked text={hit.snippet.text} start={hit.snippet.start} spans={hit.spans} />
        {hit.snippet.end < hit.end && " …"}
      </p>
      {hit.annotations.length > 0 && (
        <p className="meta">
          <Concepts hit={hit} />
          {notes > 0 && <span className="tiny muted">✎ {count(notes, "note")}</span>}
        </p>
      )}
      {hit.annotations.map(
        ({ id, excerpt, creator }) =>
          excerpt && (
            <p key={id} className="small noted">
              <span className="sr">Note: </span>
              {excerpt.start > 0 && "… "}
              <NoteExcerpt text={excerpt.text} start={excerpt.start} spans={excerpt.spans} />{" "}
              <span className="tiny muted">{creator}</span>
            </p>
          ),
      )}
      {why.answer}
    </li>
  );
}

/** The way to a hit; what its pinpoint says already ("Preamble, para. 7") is left out. */
function crumbsOf(hit: Hit): Hit["path"] {
  const pinpoint = (hit.citedPinpoint || hit.pinpoint).toLowerCase();
  return hit.path.filter(({ label }) => !pinpoint.includes(label.toLowerCase()));
}

function Concepts({ hit }: { hit: Hit }) {
  const concepts = new Map(
    hit.annotations.flatMap((a) => a.concepts).map((concept) => [concept.id, concept]),
  );
  return [...concepts.values()].map((concept) => (
    <Chip key={concept.id} family={concept.family}>
      {concept.label}
    </Chip>
  ));
}
