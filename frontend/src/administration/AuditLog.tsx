import { useInfiniteQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { asProblem } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { moment } from "../ui/words";
import { type AuditEntry, type AuditFilter, auditQuery } from "./queries";

/** What was done that matters, newest first. */
export function AuditLog() {
  const [filter, setFilter] = useState<AuditFilter>({});
  const [who, setWho] = useState("");
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditQuery(filter),
  );
  const entries = data?.pages.flatMap((page) => page.entries);
  const deeds = data?.pages[0]?.deeds ?? [];
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFilter({ ...filter, who: who.trim() || undefined });
  };
  return (
    <section className="stack" aria-labelledby="audit">
      <div className="bar">
        <h2 id="audit" className="grow">
          Audit log
        </h2>
        <a className="btn" href={`/api/audit/export?${query}`} download>
          Export (CSV)
        </a>
      </div>
      <form className="row" aria-label="Filter the audit log" onSubmit={submit}>
        <label className="field">
          Deed
          <select
            className="select"
            value={filter.deed ?? ""}
            onChange={(event) => setFilter({ ...filter, deed: event.target.value || undefined })}
          >
            <option value="">all</option>
            {deeds.map((deed) => (
              <option key={deed}>{deed}</option>
            ))}
          </select>
        </label>
        <label className="field">
          By
          <input
            className="input"
            maxLength={100}
            value={who}
            onChange={(event) => setWho(event.target.value)}
          />
        </label>
        <button type="submit" className="btn">
          Show
        </button>
      </form>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {!data && !error && <div className="bone" role="status" aria-label="Loading" style={{ height: 88 }} />}
      {entries?.length === 0 && <p className="muted">There is nothing of that kind.</p>}
      {entries && entries.length > 0 && <Entries entries={entries} />}
      {hasNextPage && (
        <p>
          <button
            type="button"
            className="btn"
            disabled={isFetchingNextPage}
            onClick={() => void fetchNextPage()}
          >
            Earlier
          </button>
        </p>
      )}
    </section>
  );
}

function Entries({ entries }: { entries: AuditEntry[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it where the window is narrow
    <section className="audit-table" aria-label="Entries of the audit log" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Deed</th>
            <th scope="col">To</th>
            <th scope="col">Detail</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((one) => (
            <tr key={one.number}>
              <td>{moment(one.at)}</td>
              <td>{one.who || "–"}</td>
              <td>{one.deed}</td>
              <td>{one.subject}</td>
              <td>{one.detail}</td>
              <td>{one.address || "command line"}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
