import { useNavigate, useRouterState } from "@tanstack/react-router";
import {
  type FocusEvent,
  type FormEvent,
  type KeyboardEvent,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { one } from "../app/address";
import { pasteLines } from "../citations/lines";
import { readSearch } from "./address";
import type { Handle } from "./Completions";
import "./querybox.css";

const Explanation = lazy(() => import("./Explanation"));
const Completions = lazy(() => import("./Completions"));

/**
 * The one box to search from. While one types, a panel under it says what the query means or where it is wrong, and
 * how what is being typed may go on.
 */
export function QueryBox() {
  const location = useRouterState({ select: (state) => state.location });
  const params = location.search as Record<string, unknown>;
  const asked = one(params.q) ?? "";
  const [text, setText] = useState(asked);
  const [open, setOpen] = useState(false);
  const navigate = useNavigate();
  const panel = useId();
  const list = useId();
  const field = useRef<HTMLInputElement>(null);
  // Where one types, in code points; undefined while nothing is completed.
  const [at, setAt] = useState<number>();
  const completions = useRef<Handle>(null);
  const [listed, setListed] = useState<{ shown: boolean; pointed?: string | undefined }>({ shown: false });
  const onShow = useCallback(
    (shown: boolean, pointed: string | undefined) => setListed({ shown, pointed }),
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address, even with the same query, puts its query into the box
  useEffect(() => setText(asked), [asked, location.href]);

  const close = () => {
    setOpen(false);
    setAt(undefined);
  };
  const type = (input: HTMLInputElement) => {
    setText(input.value);
    setOpen(true);
    setAt(cursorOf(input));
  };
  const takeOver = (next: string, cursor: number) => {
    flushSync(() => setText(next));
    field.current?.setSelectionRange(cursor, cursor);
    if (field.current) setAt(cursorOf(field.current));
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && at !== undefined && completions.current?.take()) event.preventDefault();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (at === undefined) type(event.currentTarget);
      else completions.current?.step(event.key === "ArrowDown" ? 1 : -1);
    }
  };
  const search = (q: string) => {
    close();
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
    if (!event.currentTarget.contains(event.relatedTarget)) close();
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
          ref={field}
          type="text"
          role="combobox"
          aria-expanded={listed.shown}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={listed.pointed}
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
          onChange={(event) => type(event.target)}
          onPaste={(event) => pasteLines(event, setText)}
          onSelect={(event) => at !== undefined && setAt(cursorOf(event.currentTarget))}
          onBlur={() => setAt(undefined)}
          onKeyDown={onKey}
        />
        {text && (
          <button type="button" className="clear" aria-label="Clear the query" onClick={() => setText("")}>
            ✕
          </button>
        )}
        <span className="kbd" aria-hidden="true">
          /
        </span>
        <div className="explain" hidden={!explains}>
          <div id={panel} role="status">
            {explains && (
              <Suspense>
                <Explanation text={text} onRepair={search} />
              </Suspense>
            )}
          </div>
          {explains && at !== undefined && (
            <Suspense>
              <Completions
                id={list}
                text={text}
                at={at}
                onTake={takeOver}
                onShow={onShow}
                ref={completions}
              />
            </Suspense>
          )}
        </div>
      </form>
    </search>
  );
}

/** Where one types, in code points. */
function cursorOf(input: HTMLInputElement): number {
  return [...input.value.slice(0, input.selectionStart ?? undefined)].length;
}
