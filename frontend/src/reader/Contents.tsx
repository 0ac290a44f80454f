import { memo, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { Span } from "../anchor/offsets";
import { number } from "../ui/words";
import type { Edition } from "./edition";
import { path } from "./edition";
import { type Entry, type Mark, outline, tally } from "./outline";

interface Props {
  edition: Edition;
  /** Index of the provision that is being read. */
  current: number;
  hits: Span[];
  marks: Mark[];
  onGo: (id: string) => void;
}

/** Up to so many entries the contents begin fully open. */
const fewEntries = 60;

/**
 * The contents of the version; the part that is being read is open and marked. They come, and count hits and
 * annotations, after the text has: hundreds of entries would hold it up.
 */
export const Contents = memo(function Contents({ current, onGo, ...now }: Props) {
  const edition = useDeferredValue(now.edition, null);
  const hits = useDeferredValue(now.hits);
  const marks = useDeferredValue(now.marks);
  return edition && <Entries edition={edition} current={current} hits={hits} marks={marks} onGo={onGo} />;
});

const Entries = memo(function Entries({ edition, current, hits, marks, onGo }: Props) {
  const entries = useMemo(() => outline(edition), [edition]);
  const trail = useMemo(() => path(edition.provisions, current), [edition, current]);
  const nav = useRef<HTMLElement>(null);
  const known = useMemo(() => indexes(entries), [entries]);
  const here = trail.findLast((index) => known.has(index)) ?? -1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the marked entry is another one when `here` changes
  useEffect(() => {
    const marked = nav.current?.querySelector("[aria-current]");
    if (marked && nav.current) keepInside(nav.current, marked);
  }, [here]);
  if (entries.length === 0) return <p className="muted small">This text has no headings or numbers.</p>;
  return (
    <nav ref={nav} className="entries" aria-label="Contents">
      <Level
        entries={entries}
        trail={trail}
        here={here}
        open={known.size <= fewEntries}
        hits={hits}
        marks={marks}
        onGo={onGo}
      />
    </nav>
  );
});

function indexes(entries: Entry[]): Set<number> {
  const all = new Set<number>();
  const add = (entry: Entry) => {
    all.add(entry.index);
    entry.children.forEach(add);
  };
  entries.forEach(add);
  return all;
}

function keepInside(box: HTMLElement, element: Element): void {
  const outer = box.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  if (inner.top < outer.top + 40 || inner.bottom > outer.bottom - 40) {
    box.scrollTop += inner.top - outer.top - outer.height / 3;
  }
}

interface LevelProps extends Omit<Props, "edition" | "current"> {
  entries: Entry[];
  trail: number[];
  here: number;
  open: boolean;
}

function Level({ entries, ...rest }: LevelProps) {
  return (
    <ul>
      {entries.map((entry) => {
        const inside = rest.trail.includes(entry.index);
        return (
          <Line key={entry.id} entry={entry} inside={inside} {...rest} trail={inside ? rest.trail : none} />
        );
      })}
    </ul>
  );
}

const none: number[] = [];

interface LineProps extends Omit<LevelProps, "entries"> {
  entry: Entry;
  inside: boolean;
}

const Line = memo(
  function Line({ entry, inside, open, ...rest }: LineProps) {
    const [choice, setChoice] = useState<boolean | null>(null);
    const { hits, annotations, families } = useMemo(
      () => tally(entry, rest.hits, rest.marks),
      [entry, rest.hits, rest.marks],
    );
    const shown = choice ?? (open || inside);
    const label = entry.number && entry.name ? `${entry.number} ${entry.name}` : entry.number || entry.name;
    return (
      <li>
        <div className={inside ? "line inside" : "line"}>
          {entry.children.length > 0 ? (
            <button
              type="button"
              className="fold"
              aria-expanded={shown}
              aria-label={`Contents of ${label}`}
              onClick={() => setChoice(!shown)}
            />
          ) : (
            <span className="fold" />
          )}
          <a
            href={`?at=${encodeURIComponent(entry.id)}`}
            aria-current={rest.here === entry.index ? "location" : undefined}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return;
              event.preventDefault();
              rest.onGo(entry.id);
            }}
          >
            <span className="label">
              {entry.number && <span className="no">{entry.number}</span>} {entry.name}
            </span>
            {families.length > 0 && (
              <span className="ticks">
                {families.map((family) => (
                  <i key={family} className={`f${family}`} aria-hidden="true" />
                ))}
                <span className="many">{number(annotations)}</span>
                <span className="sr"> {annotations === 1 ? "annotation" : "annotations"}</span>
              </span>
            )}
            {hits > 0 && (
              <span className="hits">
                {hits}
                <span className="sr"> {hits === 1 ? "hit" : "hits"}</span>
              </span>
            )}
          </a>
        </div>
        {shown && entry.children.length > 0 && <Level entries={entry.children} open={open} {...rest} />}
      </li>
    );
  },
  (a, b) =>
    a.entry === b.entry &&
    a.inside === b.inside &&
    a.trail === b.trail &&
    a.hits === b.hits &&
    a.marks === b.marks &&
    (a.here === b.here || (!holds(a.entry, a.here) && !holds(b.entry, b.here))),
);

function holds(entry: Entry, index: number): boolean {
  return entry.index === index || entry.children.some((child) => holds(child, index));
}
