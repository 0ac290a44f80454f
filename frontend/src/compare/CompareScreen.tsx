import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { asProblem } from "../api/client";
import { provisionQuery } from "../reader/data";
import { useStatus } from "../reader/status";
import { useKeys } from "../ui/keys";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { count } from "../ui/words";
import { type CompareAddress, type Showing, withoutSide, withSide } from "./address";
import { Beside } from "./Beside";
import { comparisonQuery } from "./data";
import { type Comparison, markdownOf, rowDiffers, sideName } from "./table";
import { isPinned, mostPins, pinAddress, pinned, readPin, togglePin, usePins } from "./tray";
import "./compare.css";
import "./beside.css";

const AddDialog = lazy(() => import("./AddDialog"));

/** Two to six provisions side by side, with the words in which they differ from one of them. */
export default function CompareScreen() {
  const address = useSearch({ from: "/compare" });
  const navigate = useNavigate();
  const sides = address.p ?? [];
  const pins = usePins();
  // Without an address of its own, what is compared is what is in the tray.
  useEffect(() => {
    if (!address.p && pins.length > 0) {
      void navigate({ to: "/compare", search: { p: pins.map(pinAddress) }, replace: true });
    }
  }, [address.p, pins, navigate]);
  const { data, error, isPlaceholderData, refetch } = useQuery(comparisonQuery(sides, address.base ?? 0));
  useTitle(data ? `Compare: ${data.sides.map(sideName).join(" – ")}` : "Compare");
  return (
    <main id="main" className="compare beside" tabIndex={-1} aria-busy={sides.length > 1 && !data && !error}>
      {sides.length === 0 && pins.length === 0 && <NothingPinned />}
      {sides.length === 1 && <OnlyOne address={address} />}
      {sides.length > 1 && error && (
        <>
          <h1>Compare</h1>
          <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />
        </>
      )}
      {sides.length > 1 && !error && !data && (
        <>
          <h1>Compare</h1>
          <p className="muted" role="status">
            Setting the passages side by side…
          </p>
        </>
      )}
      {sides.length > 1 && !error && data && (
        <div className={isPlaceholderData ? "stale" : undefined}>
          <Compared address={address} comparison={data} />
        </div>
      )}
    </main>
  );
}

function NothingPinned() {
  return (
    <>
      <h1>Compare</h1>
      <section className="empty" aria-labelledby="nothing">
        <h2 id="nothing">Nothing to compare yet</h2>
        <p>
          Pin two to six passages: with <kbd className="kbd">p</kbd> among the results of a{" "}
          <Link to="/search">search</Link> or in the reader, or from a cell of the{" "}
          <Link to="/matrix">matrix</Link>. They stand here side by side, paragraph beside paragraph.
        </p>
      </section>
    </>
  );
}

/** One provision is not enough: its counterpart in another document is looked for, or something else pinned. */
function OnlyOne({ address }: { address: CompareAddress }) {
  const [adding, setAdding] = useState(false);
  const navigate = useNavigate();
  const only = address.p?.[0] ?? "";
  const pin = readPin(only) ?? { version: "", provision: "" };
  const { data, error } = useQuery(provisionQuery(pin.version, pin.provision));
  const name = pinned().find((one) => pinAddress(one) === only)?.name;
  return (
    <>
      <h1>Compare</h1>
      {error && <ProblemNotice problem={asProblem(error)} />}
      <section className="empty" aria-labelledby="only">
        <h2 id="only">{name ?? data?.label ?? "One passage"} stands alone</h2>
        <p>
          Find its counterpart in another document, or pin another passage: with <kbd className="kbd">p</kbd>{" "}
          in a <Link to="/search">search</Link> or in the reader.
        </p>
        <p className="row">
          <button type="button" className="btn pri" onClick={() => setAdding(true)}>
            Find the counterpart in…
          </button>
          <button
            type="button"
            className="btn"
            onClick={() => {
              if (name && isPinned(pin.version, pin.provision)) togglePin({ ...pin, name });
              void navigate({ to: "/compare", search: {} });
            }}
          >
            Remove it
          </button>
        </p>
      </section>
      {adding && (
        <Suspense>
          <AddDialog
            of={{ ...pin, name: name ?? data?.label ?? "this passage" }}
            onAdd={(side) => void navigate({ to: "/compare", search: withSide(address, side) })}
            onClose={() => setAdding(false)}
          />
        </Suspense>
      )}
    </>
  );
}

const showings: { show: Showing | undefined; name: string }[] = [
  { show: "plain", name: "Plain" },
  { show: undefined, name: "Differences" },
  { show: "changed", name: "Changed rows only" },
];

function Compared({ address, comparison }: { address: CompareAddress; comparison: Comparison }) {
  const navigate = useNavigate();
  const region = useRef<HTMLDivElement>(null);
  const [adding, setAdding] = useState(false);
  const { say, status } = useStatus();
  const baseline = address.base ?? 0;
  const go = (next: CompareAddress) => void navigate({ to: "/compare", search: next, replace: true });
  const differing = comparison.rows.filter(rowDiffers).length;

  const step = (by: 1 | -1) => {
    const rows = [...(region.current?.querySelectorAll<HTMLElement>("tr[data-differs]") ?? [])];
    const focused = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[focused < 0 ? (by > 0 ? 0 : rows.length - 1) : focused + by];
    if (!next) return say(by > 0 ? "That was the last difference" : "This is the first difference");
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center", behavior: "instant" });
  };
  const choose = (base: number) => {
    const side = comparison.sides[base];
    if (!side) return;
    go({ ...address, base: base || undefined });
    say(`Compared with ${sideName(side)}`);
  };
  const remove = (index: number) => {
    const side = comparison.sides[index];
    if (!side) return;
    if (isPinned(side.version, side.provision)) togglePin({ ...side, name: sideName(side) });
    go(withoutSide(address, pinAddress(side)));
  };
  const table = () => markdownOf(comparison, address.show === "plain");
  const copy = (text: string, what: string) =>
    navigator.clipboard.writeText(text).then(
      () => say(`${what} is on the clipboard`),
      () => say(`The browser does not let ${what.toLowerCase()} be copied`),
    );
  useKeys({
    n: () => step(1),
    N: () => step(-1),
    a: () => setAdding(true),
    ...Object.fromEntries(comparison.sides.map((_, index) => [String(index + 1), () => choose(index)])),
  });
  const base = comparison.sides[baseline];
  return (
    <div ref={region}>
      <div className="bar">
        <h1>Compare</h1>
        <p className="muted small grow">
          {count(comparison.sides.length, "provision")} · aligned by the words of their paragraphs ·{" "}
          {differing === 0
            ? "no row differs"
            : `${count(differing, "row")} of ${comparison.rows.length} differ`}
        </p>
        <fieldset className="segments noprint">
          <legend className="sr">How the texts are shown</legend>
          {showings.map(({ show, name }) => (
            <label key={name}>
              <input
                type="radio"
                name="show"
                checked={address.show === show}
                onChange={() => go({ ...address, show })}
              />
              {name}
            </label>
          ))}
        </fieldset>
        <span className="row noprint">
          {comparison.sides.length < mostPins && (
            <button type="button" className="btn" onClick={() => setAdding(true)}>
              + Add
              <span className="kbd" aria-hidden="true">
                a
              </span>
            </button>
          )}
          <button type="button" className="btn" onClick={() => void copy(table(), "The table")}>
            Copy table
          </button>
          <button type="button" className="btn" onClick={() => save(table())}>
            Markdown
          </button>
          <button type="button" className="btn" onClick={() => void copy(location.href, "The link")}>
            Share
          </button>
        </span>
      </div>
      <p className="tiny muted keyed noprint">
        <kbd className="kbd">n</kbd> <kbd className="kbd">N</kbd> next difference, difference before ·{" "}
        <kbd className="kbd">1</kbd> … <kbd className="kbd">{comparison.sides.length}</kbd> make it the
        baseline
      </p>
      <Beside
        comparison={comparison}
        baseline={baseline}
        show={address.show}
        onBaseline={choose}
        onRemove={remove}
      />
      {status}
      {adding && base && (
        <Suspense>
          <AddDialog
            of={{ version: base.version, provision: base.provision, name: sideName(base) }}
            onAdd={(side) => go(withSide(address, side))}
            onClose={() => setAdding(false)}
          />
        </Suspense>
      )}
    </div>
  );
}

/** Gives the browser a text to keep as a file. */
function save(text: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  link.download = "glossator-comparison.md";
  link.click();
  URL.revokeObjectURL(link.href);
}
