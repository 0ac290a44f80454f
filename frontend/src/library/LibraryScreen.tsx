import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { Pages } from "../ui/Pages";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useDebounced } from "../ui/useDebounced";
import { useTitle } from "../ui/useTitle";
import { count } from "../ui/words";
import type { LibraryAddress } from "./address";
import { Documents } from "./Documents";
import { ImportPanel } from "./ImportPanel";
import "./library.css";

const pageSize = 50;

export default function LibraryScreen() {
  useTitle("Library");
  const address = useSearch({ from: "/library" });
  const { text, kind, page = 1 } = address;
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: ["documents", { text, kind, page }],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/documents", { params: { query: { text, kind, page, size: pageSize } }, signal }),
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <main id="main" className="library" tabIndex={-1}>
      <div className="bar">
        <h1>Library</h1>
        <p className="muted small" role="status">
          {data && count(data.total, "document")}
        </p>
      </div>
      <ImportPanel />
      <Filters address={address} />
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {!data && !error && <Bones />}
      {data?.total === 0 && <Nothing filtered={Boolean(text || kind)} />}
      {data && data.total > 0 && (
        <div className={isPlaceholderData ? "stale" : undefined}>
          <Documents documents={data.documents} />
          <Pages
            label="Pages of the library"
            here={page}
            last={Math.ceil(data.total / pageSize)}
            to={(next) => ({ to: "/library", search: { text, kind, page: next } })}
          />
        </div>
      )}
    </main>
  );
}

function Filters({ address }: { address: LibraryAddress }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState(address.text ?? "");
  const still = useDebounced(typed.trim(), 250);
  useEffect(() => {
    if (still !== (address.text ?? "")) {
      void navigate({
        to: "/library",
        search: { kind: address.kind, text: still || undefined },
        replace: true,
      });
    }
  }, [still, address.text, address.kind, navigate]);
  const { data: kinds } = useQuery({
    queryKey: ["search", "kinds"],
    queryFn: ({ signal }) => kindsHere(signal),
  });
  return (
    <div className="bar filters">
      <label className="grow">
        <span className="sr">Find in the library</span>
        <input
          className="input"
          type="search"
          placeholder="Title, other name or organisation"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <label>
        <span className="sr">Kind of document</span>
        <select
          className="select"
          value={address.kind ?? ""}
          onChange={(event) =>
            void navigate({
              to: "/library",
              search: { text: address.text, kind: event.target.value || undefined },
            })
          }
        >
          <option value="">Every kind</option>
          {kinds?.map(({ value, label, documents }) => (
            <option key={value} value={value}>
              {label} ({documents})
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

/** The kinds of document there are: a facet of the search that finds everything. */
async function kindsHere(signal: AbortSignal) {
  const result = await answer(client.GET("/api/search", { params: { query: { size: 1, hits: 1 } }, signal }));
  return result.facets.find((facet) => facet.name === "kind")?.values ?? [];
}

function Nothing({ filtered }: { filtered: boolean }) {
  return (
    <div className="empty">
      <p>{filtered ? "No document has these words and this kind." : "Nothing has been imported yet."}</p>
    </div>
  );
}

function Bones() {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: 8 }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change
        <div key={i} className="bone b-row" />
      ))}
    </div>
  );
}
