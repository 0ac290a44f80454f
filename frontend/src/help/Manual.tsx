import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { answer, asProblem, client } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { type Block, blocksOf, type Example, type Run, runsOf } from "./manual";

/** The manual of the query language; its examples can be tried. */
export function Manual({ onTry }: { onTry: () => void }) {
  const { data, error } = useQuery({
    queryKey: ["syntax"],
    queryFn: ({ signal }) => answer(client.GET("/api/syntax", { parseAs: "text", signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (error) return <ProblemNotice problem={asProblem(error)} />;
  if (!data) return <p className="muted">Loading…</p>;
  return (
    <div className="manual">
      {blocksOf(data).map((block, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a text have no other identity
        <BlockView key={i} block={block} onTry={onTry} />
      ))}
    </div>
  );
}

function BlockView({ block, onTry }: { block: Block; onTry: () => void }) {
  switch (block.kind) {
    case "heading":
      return block.level === 1 ? <h3 className="top-level">{block.text}</h3> : <h4>{block.text}</h4>;
    case "paragraph":
      return (
        <p>
          <Runs text={block.text} />
        </p>
      );
    case "table":
      return <TableView head={block.head} rows={block.rows} />;
    case "examples":
      return <Examples examples={block.examples} onTry={onTry} />;
  }
}

function TableView({ head, rows }: { head: string[]; rows: string[][] }) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((cell) => (
            <th key={cell} scope="col">
              {cell}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row[0]}>
            {row.map((cell) => (
              <td key={cell}>
                <Runs text={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Examples({ examples, onTry }: { examples: Example[]; onTry: () => void }) {
  return (
    <dl>
      {examples.map(({ query, says, right, repair }) => (
        <div key={query}>
          <dt>
            {right ? (
              <Link to="/search" search={{ q: query }} onClick={onTry}>
                <code>{query}</code>
              </Link>
            ) : (
              <code className="no">{query}</code>
            )}
          </dt>
          <dd>
            {right ? says : <Fragment>Wrong: {says}. </Fragment>}
            {repair && (
              <>
                Right: <code>{repair}</code>
              </>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Runs({ text }: { text: string }) {
  return runsOf(text).map((run, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a text have no other identity
    <RunView key={i} run={run} />
  ));
}

function RunView({ run: { text, kind, address } }: { run: Run }) {
  switch (kind) {
    case "code":
      return <code>{text}</code>;
    case "strong":
      return <b>{text}</b>;
    case "link":
      return (
        <a href={address} target="_blank" rel="noreferrer">
          {text}
        </a>
      );
    case "plain":
      return text;
  }
}
