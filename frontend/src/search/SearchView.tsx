import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { asProblem } from "../api/client";
import { togglePin } from "../compare/tray";
import { useStatus } from "../reader/status";
import { useKeys } from "../ui/keys";
import { Pages } from "../ui/Pages";
import { ProblemNotice } from "../ui/ProblemNotice";
import { inReader, type SearchAddress } from "./address";
import { Chosen } from "./Chosen";
import { Concordance } from "./Concordance";
import { Facets } from "./Facets";
import { isQueryFault } from "./isQueryFault";
import { NoHits } from "./NoHits";
import { Partial } from "./Partial";
import { Preview } from "./Preview";
import QueryFault from "./QueryFault";
import { searchQuery } from "./queries";
import { Results } from "./Results";
import { SaveDialog } from "./SaveDialog";
import { Skeleton } from "./Skeleton";
import { Tally } from "./Tally";
import { Toolbar } from "./Toolbar";
import { useFacets } from "./useFacets";
import { pinOf, useHits } from "./useHits";
import "./search.css";

const Citations = lazy(() => import("../citations/Citations"));
const Agreements = lazy(() => import("./Agreements"));
const SuggestLinks = lazy(() => import("../suggestions/SuggestLinks"));
const TagAll = lazy(() => import("../tagall/TagAll"));

interface Props {
  address: SearchAddress;
  /** Stands above the results. */
  banner?: ReactNode;
}

/** The filters, what was found and a look at one hit. Every change is another address. */
export function SearchView({ address, banner }: Props) {
  const { data: result, error, isPlaceholderData, isPending, refetch } = useQuery(searchQuery(address));
  const navigate = useNavigate();
  const list = useRef<HTMLElement>(null);
  const facets = useFacets(address, result);
  const hits = useHits(result, list);
  const [filters, setFilters] = useState(false);
  const [preview, setPreview] = useState(true);
  const [saving, setSaving] = useState(false);
  const [tagging, setTagging] = useState<"not yet" | "open" | "shut">("not yet");
  const { say, status } = useStatus();
  useKeys({
    j: () => hits.step(1),
    k: () => hits.step(-1),
    ...(!address.view && { " ": () => setPreview((shown) => !shown) }),
    Enter: () => hits.open(),
    s: () => setSaving(true),
    ...(result && result.passages > 0 && { t: () => setTagging("open") }),
    ...(!address.view && hits.current && { p: () => hits.current && say(togglePin(pinOf(hits.current))) }),
    w: () => hits.why(),
  });
  // Partial matches are found by another query, which leads on from here.
  const found = result?.relaxed ? { ...address, q: result.relaxed } : address;
  const problem = error ? asProblem(error) : undefined;
  const repair = (q: string) => void navigate({ to: "/search", search: { ...address, q, page: undefined } });
  return (
    <div className={address.view ? "found unseen lined" : preview ? "found" : "found unseen"}>
      <Facets address={address} facets={facets} open={filters} onClose={() => setFilters(false)} />
      <main id="main" className="list" ref={list} tabIndex={-1} aria-busy={isPending || isPlaceholderData}>
        {banner}
        <h1 className="sr">{address.q ? `Search: ${address.q}` : "Search"}</h1>
        <Suspense>{address.q && <Citations text={address.q} />}</Suspense>
        {!problem && <Tally address={address} result={result} waiting={isPending || isPlaceholderData} />}
        <Toolbar
          address={address}
          result={problem ? undefined : result}
          onFilters={() => setFilters(true)}
          onSave={() => setSaving(true)}
          onTag={() => setTagging("open")}
        />
        <Chosen address={address} facets={facets} result={result} />
        <Suspense>{address.concept && <SuggestLinks labels={address.concept} />}</Suspense>
        {problem &&
          (isQueryFault(problem) ? (
            <section className="notice err unread" aria-label="The query cannot be read">
              <h2>This query cannot be read</h2>
              <QueryFault problem={problem} query={address.q ?? ""} onRepair={repair} />
            </section>
          ) : (
            <ProblemNotice problem={problem} again={() => void refetch()} />
          ))}
        {!problem && (
          <div className={isPlaceholderData ? "stale" : undefined}>
            {result?.partial && <Partial result={result} />}
            {result?.passages === 0 ? (
              <NoHits address={address} facets={facets} result={result} />
            ) : address.view === "concordance" ? (
              <Concordance address={address} q={found.q} />
            ) : address.view === "agreements" && result ? (
              <Suspense fallback={<Skeleton />}>
                <Agreements address={address} result={result} found={inReader(found)} />
              </Suspense>
            ) : result ? (
              <>
                <Results address={found} result={result} current={hits.current} onCurrent={hits.look} />
                <Pages
                  label="Pages of results"
                  here={address.page ?? 1}
                  last={Math.ceil(result.documents / result.size)}
                  to={(page) => ({ to: "/search", search: { ...address, page } })}
                />
              </>
            ) : (
              isPending && <Skeleton />
            )}
          </div>
        )}
      </main>
      {preview && !address.view && hits.current && !problem && (
        <Preview hit={hits.current.hit} document={hits.current.document} address={found} say={say} />
      )}
      {status}
      <Suspense>
        {tagging !== "not yet" && (
          <TagAll address={found} open={tagging === "open"} onClose={() => setTagging("shut")} />
        )}
      </Suspense>
      {saving && <SaveDialog address={address} onClose={() => setSaving(false)} />}
    </div>
  );
}
