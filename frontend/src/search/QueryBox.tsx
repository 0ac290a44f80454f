import { useNavigate, useRouterState } from "@tanstack/react-router";
import { type FocusEvent, type FormEvent, lazy, Suspense, useEffect, useId, useState } from "react";
import { one } from "../app/address";
import { pasteLines } from "../citations/lines";
import { readSearch } from "./address";
import "./querybox.css";

const Explanation = lazy(() => import("./Explanation"));

/** The one box to search from. While one types, a panel under it says what the query means or where it is wrong. */
export function QueryBox() {
  const location = useRouterState({ select: (state) => state.location });
  const params = location.search as Record<string, unknown>;
  const asked = one(params.q) ?? "";
  const [text, setText] = useState(asked);
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const panel = useId();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address, even with the same query, puts its query into the box
  useEffect(() => setText(asked), [asked, location.href]);

  const search = (q: string) => {
    setOpen(false);
    setText(q);
    const kept = location.pathname === "/search" ? readSearch(params) : {};
    void navigate({ to: "/search", search: { ...kept, q: q.trim() || undefined, page: undefined } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    search(text);
    // The keys of the results act at once.
    document.getElementById("main")?.focus({ preventScroll: true });
  };
  const leave = (event: FocusEvent<HTMLFormElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  const explains = open && text.trim() !== "";
  return (
    <search className="omni-place">
      <form className="omni" onSubmit={submit} onBlur={leave}>
        <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">
          <circle cx="6.8" cy="6.8" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
          <path d="m10.4 10.4 4 4" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
        </svg>
        <input
          id="query"
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-label="Search agreements and commentary"
          aria-describedby={panel}
          placeholder="Search, e.g. &quot;information security&quot; AND kind:treaty"
          value={text}
          onFocus={() => setOpen(true)}
          onChange={(event) => {
            setText(event.target.value);
            setOpen(true);
          }}
          onPaste={(event) => pasteLines(event, setText)}
          onKeyDown={(event) => event.key === "Escape" && setOpen(false)}
        />
        {text && (
          <button type="button" className="clear" aria-label="Clear the query" onClick={() => setText("")}>
            ✕
          </button>
        )}
        <span className="kbd" aria-hidden="true">
          /
        </span>
        <div id={panel} className="explain" hidden={!explains} role="status">
          {explains && (
            <Suspense>
              <Explanation text={text} onRepair={search} />
            </Suspense>
          )}
        </div>
      </form>
    </search>
  );
}
