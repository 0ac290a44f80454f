import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useSession } from "../account/session";
import { asProblem } from "../api/client";
import { useStatus } from "../reader/status";
import { isQueryFault } from "../search/isQueryFault";
import QueryFault from "../search/QueryFault";
import { useKeys } from "../ui/keys";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { number } from "../ui/words";
import { type MatrixAddress, narrows } from "./address";
import { Grid } from "./Grid";
import { type At, linesOf, said } from "./grid";
import { Panel } from "./Panel";
import { Printed } from "./Printed";
import { type Matrix, matrixQuery } from "./queries";
import { Tools, unfiltered } from "./Tools";
import { type MarkVisibility, useMarks } from "./useMarks";
import "./matrix.css";

const setting = "absence-visibility";

/** Which agreements have how much on which concepts. Every change is another address. */
export default function MatrixScreen() {
  const address = useSearch({ from: "/matrix" });
  const navigate = useNavigate();
  const session = useSession();
  const { say, status } = useStatus();
  const { data: matrix, error, isPlaceholderData, refetch } = useQuery(matrixQuery(address));
  const whole = useQuery({
    ...matrixQuery({ columns: "all", rows: "coded" }),
    enabled: matrix?.tagged === true,
  });
  const [visibility, setVisibility] = useState<MarkVisibility>(() =>
    localStorage.getItem(setting) === "public" ? "public" : "private",
  );
  useTitle("Matrix");
  const go = (next: MatrixAddress) => void navigate({ to: "/matrix", search: next, replace: true });
  const problem = error ? asProblem(error) : undefined;
  const choose = (next: MarkVisibility) => {
    localStorage.setItem(setting, next);
    setVisibility(next);
  };
  const share = () =>
    void navigator.clipboard.writeText(location.href).then(
      () => say("The link is on the clipboard; whoever opens it sees what they may read"),
      () => say("Copy the address of this page: it holds all that is shown"),
    );
  const open = address.row && address.column && matrix && !problem;
  return (
    <div className={open ? "matrix-screen opened" : "matrix-screen"}>
      <main id="main" className="matrix" tabIndex={-1} aria-busy={!matrix && !problem}>
        <div className="bar">
          <h1>Concept × agreement</h1>
          {matrix && <Tally matrix={matrix} />}
          <Tools
            address={address}
            matrix={matrix}
            onChange={go}
            parts={whole.data?.concepts ?? []}
            visibility={visibility}
            onVisibility={choose}
            signedIn={session?.signedIn ?? false}
            onShare={share}
          />
        </div>
        {problem && isQueryFault(problem) && (
          <section className="notice err" aria-label="The query cannot be read">
            <QueryFault problem={problem} query={address.q ?? ""} onRepair={(q) => go({ ...address, q })} />
          </section>
        )}
        {problem && !isQueryFault(problem) && (
          <ProblemNotice problem={problem} again={() => void refetch()} />
        )}
        {!problem && !matrix && <Bones />}
        {!problem && matrix && (
          <div className={isPlaceholderData ? "stale matrix-found" : "matrix-found"}>
            {!matrix.tagged && address.columns !== "all" ? (
              <NothingTagged documents={matrix.documents} />
            ) : matrix.rows.length === 0 || matrix.concepts.length === 0 ? (
              <NothingHere address={address} matrix={matrix} onChange={go} />
            ) : (
              <Found
                address={address}
                matrix={matrix}
                onChange={go}
                say={say}
                visibility={visibility}
                signedIn={session?.signedIn ?? false}
              />
            )}
          </div>
        )}
      </main>
      {open && (
        <Panel
          document={address.row as string}
          concept={address.column as string}
          rolled={address.rolled === true}
          say={say}
          onClose={() => {
            go({ ...address, row: undefined, column: undefined });
            document.querySelector<HTMLElement>(".matrix-grid")?.focus();
          }}
        />
      )}
      {status}
    </div>
  );
}

function Tally({ matrix }: { matrix: Matrix }) {
  const rows = new Set(matrix.rows.map((row) => row.document)).size;
  return (
    <p className="small muted grow" role="status">
      {number(matrix.concepts.length)} of {number(matrix.codebook)} concepts · {number(rows)} of{" "}
      {number(matrix.documents)} agreements
    </p>
  );
}

interface FoundProps {
  address: MatrixAddress;
  matrix: Matrix;
  onChange: (next: MatrixAddress) => void;
  say: (text: string) => void;
  visibility: MarkVisibility;
  signedIn: boolean;
}

function Found({ address, matrix, onChange, say, visibility, signedIn }: FoundProps) {
  const grid = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const lines = useMemo(() => linesOf(matrix), [matrix]);
  const [moved, setMoved] = useState<At>();
  const { mark, undo } = useMarks(say, visibility);
  const printing = usePrinting();
  const unit = address.value ?? "passages";
  const at = within(moved ?? startOf(lines, matrix, address), lines, matrix);

  const cellAt = ({ line, column }: At) => {
    const row = lines[line];
    const concept = matrix.concepts[column];
    return row?.kind === "row" && concept ? { row: row.row, concept } : undefined;
  };
  const open = (to: At) => {
    setMoved(to);
    const cell = cellAt(to);
    if (cell) onChange({ ...address, row: cell.row.document, column: cell.concept.id });
  };
  const here = cellAt(at);
  const name = here && `${here.row.shortTitle || here.row.title}, ${here.concept.label}`;
  useKeys(
    {
      x: () => {
        if (!signedIn) return say("Sign in to mark what you have read");
        if (here && name) void mark(here.row.document, here.concept.id, name);
      },
      o: () => {
        if (here) void navigate({ to: "/read/$document", params: { document: here.row.document } });
      },
      s: () => {
        if (!here) return;
        onChange({ ...address, sort: address.sort === here.concept.id ? undefined : here.concept.id });
        say(address.sort === here.concept.id ? "Sorted by year" : `Sorted by ${here.concept.label}`);
      },
    },
    grid,
  );
  useKeys({ u: () => void undo() });
  return (
    <>
      <Legend address={address} />
      <p className="sr" role="status">
        {here && name ? `${name}: ${said(here.row.cells[at.column] ?? -1, unit)}` : ""}
      </p>
      {printing ? (
        <Printed matrix={matrix} lines={lines} unit={unit} />
      ) : (
        <Grid
          grid={grid}
          matrix={matrix}
          lines={lines}
          address={address}
          at={at}
          onAt={setMoved}
          onOpen={open}
        />
      )}
    </>
  );
}

/** Where the keys begin: at the cell that is open, else at the first. */
function startOf(lines: ReturnType<typeof linesOf>, matrix: Matrix, { row, column }: MatrixAddress): At {
  const line = lines.findIndex((one) => one.kind === "row" && (!row || one.row.document === row));
  const concept = column ? matrix.concepts.findIndex((one) => one.id === column) : 0;
  return { line: Math.max(line, 0), column: Math.max(concept, 0) };
}

/** The cell, or the nearest that is there after rows or columns have gone. */
function within(at: At, lines: ReturnType<typeof linesOf>, matrix: Matrix): At {
  let line = Math.min(at.line, lines.length - 1);
  if (lines[line]?.kind === "group") line = Math.min(line + 1, lines.length - 1);
  return { line, column: Math.min(at.column, matrix.concepts.length - 1) };
}

function Legend({ address }: { address: MatrixAddress }) {
  return (
    <p className="legend small muted">
      <span className="key">
        <span className="swatch on f1" aria-hidden="true">
          4
        </span>{" "}
        {address.value ?? "passages"}
      </span>
      <span className="key">
        <span className="swatch absent" aria-hidden="true">
          0
        </span>{" "}
        read, concept absent
      </span>
      <span className="key">
        <span className="swatch nc" aria-hidden="true" /> not coded
      </span>
      <span className="key">
        <span className="swatch whole f1" aria-hidden="true">
          •
        </span>{" "}
        tagged as a whole
      </span>
      <span className="keys-hint noprint">
        {" "}
        · {address.rolled ? "narrower concepts are rolled up" : "each concept counts its own tags"} · arrows
        move, <kbd className="kbd">↵</kbd> passages, <kbd className="kbd">x</kbd> marks absent,{" "}
        <kbd className="kbd">u</kbd> undo, <kbd className="kbd">s</kbd> sort, <kbd className="kbd">o</kbd>{" "}
        read
      </span>
    </p>
  );
}

/** Whether the page is being printed, where everything is laid out and not only what is in view. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => flushSync(() => setPrinting(true));
    const after = () => setPrinting(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, []);
  return printing;
}

function NothingTagged({ documents }: { documents: number }) {
  return (
    <section className="empty" aria-labelledby="untagged">
      <h2 id="untagged">Nothing is tagged yet</h2>
      <p>
        The matrix shows which of the {number(documents)} agreements have how much on which concept. Open one
        from a <Link to="/search">search</Link> or the <Link to="/library">library</Link>, select a passage
        and press <kbd className="kbd">t</kbd> to tag it. Or show{" "}
        <Link to="/matrix" search={{ columns: "all" }}>
          all concepts
        </Link>{" "}
        to mark what you have read and found absent.
      </p>
    </section>
  );
}

function NothingHere({ address, matrix, onChange }: Pick<FoundProps, "address" | "matrix" | "onChange">) {
  return (
    <section className="empty" aria-labelledby="nothing-here">
      <h2 id="nothing-here">
        {matrix.rows.length === 0 ? "No agreement is left" : "None of these agreements is coded"}
      </h2>
      <p className="row">
        {narrows(address) && (
          <button type="button" className="btn" onClick={() => onChange(unfiltered(address))}>
            Show all agreements
          </button>
        )}
        {address.columns !== "all" && (
          <button type="button" className="btn" onClick={() => onChange({ ...address, columns: "all" })}>
            Show unused concepts too
          </button>
        )}
        {(address.under || address.conceptStatus || address.rows) && (
          <button
            type="button"
            className="btn"
            onClick={() =>
              onChange({ ...address, under: undefined, conceptStatus: undefined, rows: undefined })
            }
          >
            Show all rows and columns
          </button>
        )}
      </p>
    </section>
  );
}

function Bones() {
  return (
    <div className="stack" role="status" aria-label="Counting">
      {["a", "b", "c", "d", "e"].map((key) => (
        <div key={key} className="bone matrix-bone" />
      ))}
    </div>
  );
}
