import { getRouteApi } from "@tanstack/react-router";
import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import type { Span } from "../anchor/offsets";
import type { Schemas } from "../api/client";
import { togglePin } from "../compare/tray";
import { Dialog } from "../ui/Dialog";
import { Adjusting } from "./Adjusting";
import { useArrival } from "./arrival";
import { Bar } from "./Bar";
import type { CardActions } from "./Card";
import { Citing } from "./Citing";
import { Composer, threadOf } from "./Composer";
import { Contents } from "./Contents";
import { copy } from "./copy";
import { DocumentNotes } from "./DocumentNotes";
import { isSaid, mayAdd, replaced, withSpan } from "./draft";
import { Endnotes, Lost } from "./Endings";
import { type Annotation, indexAt, type Provision, type Version } from "./edition";
import { Filters } from "./Filters";
import { Find } from "./Find";
import { type Filter, filterNames, filterOf, isOn } from "./filter";
import { useFollowing } from "./following";
import { useFound } from "./found";
import { Glance } from "./Glance";
import { Grips } from "./Grips";
import { Head } from "./Head";
import { useLayers } from "./layers";
import { Margin, narrow } from "./Margin";
import { useAnnotations, useMaterial } from "./material";
import { Name } from "./Name";
import { Notices } from "./Notices";
import { firstFrom, type Mark } from "./outline";
import { usePinned } from "./pinned";
import { usePointing } from "./pointing";
import { useReadingKeys } from "./readingKeys";
import { recentConcepts } from "./recent";
import { usePointed, useReferences } from "./referring";
import { flash, reveal, revealBlock } from "./reveal";
import { Strip } from "./Strip";
import { useTextSelection } from "./selection";
import { articleAround, cardOf, figureOf, focusBlock, focused, focusSoon, nextHeading } from "./standing";
import { useStatus } from "./status";
import type { Sheet } from "./text";
import type { View } from "./view";
import { useVisual } from "./visualMode";
import { useWriting } from "./writing";

const Coding = lazy(() => import("../rounds/Coding"));
const HistoryDialog = lazy(() => import("./HistoryDialog"));

const route = getRouteApi("/read/$document");

interface Props {
  document: Schemas["DocumentDetail"];
  version: Version;
}

/** One version on the screen. Another version needs another one of these (by key). */
export function Reading({ document, version }: Props) {
  const address = route.useSearch();
  const navigate = route.useNavigate();
  const { edition, sheet, view, steps, references } = useMaterial(document, version);
  const region = useRef<HTMLElement>(null);
  const { say, status } = useStatus();
  const filter = filterOf(address);
  const { all, threads, marks, lost, notes, hidden } = useAnnotations(edition, filter);
  const found = useFound(edition, address.q, address.synonyms);
  const { hits } = found;
  const links = useReferences(edition, sheet, document);
  const pointed = usePointed(region);
  /** The annotation of which the history is shown. */
  const [past, setPast] = useState<Annotation>();
  const [citing, setCiting] = useState<Provision>();

  const [at, setAt] = useState({ hits, index: -1 });
  const hit = at.hits === hits ? at.index : -1;
  // Where one stood when one began to type into the find field; undefined while it is shut.
  const [finding, setFinding] = useState<number>();
  const [active, setActive] = useState<string | null>(null);
  const [hover, setHover] = useState<string | null>(null);
  const [drawer, setDrawer] = useState(false);
  /** Whether nothing but the text is shown. */
  const [alone, setAlone] = useState(false);
  const first = useSyncExternalStore(view.subscribe, () => view.place().first);
  const current = edition.blocks[first]?.provision ?? 0;

  const showCard = useCallback((id: string) => {
    setActive(id);
    focusSoon(id);
  }, []);
  const writing = useWriting(edition, all ?? noAnnotations, { say, show: showCard });
  const { draft, setDraft } = writing;
  const visual = useVisual(edition, sheet, steps);

  const lit = useMemo(
    () => marks.filter((mark) => mark.annotation.id === (hover ?? active)),
    [marks, hover, active],
  );
  useLayers(sheet, {
    marks,
    hits,
    hit: hits[hit],
    active: lit,
    draft: draft?.spans ?? noSpans,
    drawn: links.drawn,
  });

  // Writing must not hide the words it is about.
  useEffect(() => {
    const first = draft?.spans[0];
    if (first && narrow.matches) void reveal(edition, sheet, first);
  }, [draft, edition, sheet]);
  useEffect(() => {
    if (citing && narrow.matches) void reveal(edition, sheet, citing);
  }, [citing, edition, sheet]);

  const toProvision = useCallback(
    async (index: number) => {
      const provision = edition.provisions[index];
      if (!provision) return;
      flash(edition, sheet, provision);
      await revealBlock(sheet, indexAt(edition.blocks, provision.start));
    },
    [edition, sheet],
  );
  const toMark = (mark: Mark) => {
    void reveal(edition, sheet, mark);
    showCard(mark.annotation.id);
  };
  const toLost = (id: string) => {
    cardOf(id)?.scrollIntoView({ block: "center", behavior: "instant" });
    showCard(id);
  };
  const toHit = (index: number, scroll = true) => {
    const span = hits[index];
    if (!span) return;
    setAt({ hits, index });
    if (scroll) void reveal(edition, sheet, span);
    const pinpoint = references.provision(span)?.pinpoint ?? "";
    say(`Hit ${index + 1} of ${hits.length}${pinpoint && `, ${pinpoint}`}`, false);
  };
  useArrival(
    { edition, at: address.at, annotation: address.annotation, hits, marks: all && marks },
    { toProvision, toMark, toHit, toLost, begin: () => firstFrom(hits, finding ?? 0) % hits.length },
  );

  const goTo = useCallback(
    (id: string) => {
      setDrawer(false);
      void toProvision(edition.provisions.findIndex((provision) => provision.id === id));
      void navigate({
        search: (before) => ({ ...before, at: id, annotation: undefined }),
        replace: true,
        resetScroll: false,
      });
    },
    [edition, navigate, toProvision],
  );
  const follow = useFollowing({
    ...{ edition, sheet, ...links },
    arrive: (id) => {
      const index = edition.provisions.findIndex((provision) => provision.id === id);
      const block = sheet.blocks[indexAt(edition.blocks, edition.provisions[index]?.start ?? 0)];
      void toProvision(index);
      if (block) focusBlock(block);
    },
  });
  const find = useCallback(
    (q: string) =>
      void navigate({
        search: (before) => ({ ...before, q: q || undefined, at: undefined, annotation: undefined }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const setFilter = useCallback(
    (next: Filter) => {
      void navigate({
        search: (before) => ({
          ...before,
          ...Object.fromEntries(filterNames.map((name) => [name, next[name]])),
        }),
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );
  const goToUnit = useCallback(
    (unit: number) => void revealBlock(sheet, indexAt(edition.blocks, unit)),
    [edition, sheet],
  );

  const adjusting = draft?.adjusting !== undefined;
  const muted = adjusting ? false : visual.visual !== null || (draft?.editing !== undefined && !draft.adding);
  useTextSelection(sheet.page, muted || isSaid(draft), (span, byPointer) => {
    if (adjusting) {
      if (span && byPointer) visual.select(span);
    } else if (span) setDraft((before) => withSpan(before, span, before?.focus ?? "nowhere"));
    else if (!writing.written.current && !draft?.adding) setDraft(null);
  });
  // The stretch that is adjusted is what is selected by keys.
  useEffect(() => {
    const span = visual.visual;
    if (span) setDraft((before) => (before?.adjusting === undefined ? before : replaced(before, span)));
  }, [visual.visual, setDraft]);
  usePointing(sheet, marks, {
    hover: (under) => setHover(under[0]?.annotation.id ?? null),
    click: (under) => {
      const ids = under.map((mark) => mark.annotation.id);
      const next = ids[(ids.indexOf(active ?? "") + 1) % Math.max(1, ids.length)];
      setActive(next ?? null);
      if (next && ids.length > 1) say(`${ids.indexOf(next) + 1} of ${ids.length} annotations here`, false);
    },
  });

  const spansOf = (id: string): Span[] =>
    marks.filter((mark) => mark.annotation.id === id).map(({ start, end }) => ({ start, end }));
  const adjust = (annotation: Annotation) => {
    const spans = spansOf(annotation.id);
    if (spans.length === 0 || !annotation.editable) return say("There is nothing here that you may adjust");
    const carried = annotation.version !== version.id;
    if (carried && spans.length > 1) return say("It was made on another version: adjust its stretches there");
    const at = view.place().start;
    const nth = Math.max(
      0,
      spans.findIndex(({ end }) => end > at),
    );
    setDraft({ spans, editing: annotation, adjusting: nth, focus: "nowhere" });
    visual.select(spans[nth] as Span, "end");
    focusBlock(sheet.blocks[indexAt(edition.blocks, (spans[nth] as Span).start)]);
  };
  const saveAdjusted = () => {
    visual.stop();
    if (draft) void writing.place(draft);
  };
  /** The annotation that keys are about: that of the card with the focus, else the active one. */
  const chosen = () => (active ? threads.get(active) : undefined);

  const actions = useRef<CardActions>(noActions);
  useEffect(() => {
    actions.current = {
      activate: setActive,
      hover: setHover,
      remove: (annotation) => void writing.remove(annotation),
      edit: (annotation) =>
        setDraft({
          spans: spansOf(annotation.id),
          editing: annotation,
          whole: notes.some(({ id }) => id === annotation.id),
          focus: "note",
        }),
      reply: (thread) => {
        const last = thread.replies.at(-1);
        const replyTo = thread.gone && last ? last.id : thread.id;
        setDraft({ spans: [], replyTo, answering: thread.id, focus: "note" });
      },
      adjust,
      history: (annotation) => setPast(annotation),
    };
  });

  /** The block that commands start from without a focus: that of the current hit if it is in view, else the first. */
  const standing = (): number => {
    const { start, end } = view.place();
    const span = hits[hit];
    return span && span.start >= start && span.start < end ? indexAt(edition.blocks, span.start) : first;
  };
  /** What the next command is about: what is selected, else the paragraph with the focus or where one stands. */
  const subject = (): Span => {
    const selection = getSelection();
    const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
    const selected = range && !range.collapsed ? sheet.page.span(range) : null;
    return selected ?? draft?.spans[0] ?? (edition.blocks[focused(sheet) ?? standing()] as Span);
  };
  const copyText = async (text: string, what: string) => {
    say((await copy(text)) ? `${what} copied: ${text}` : `This browser does not let the page copy: ${text}`);
  };
  const pin = (provision: Provision | undefined) => {
    if (!provision) return say("There is no provision here to pin");
    const name = `${document.shortTitle || document.title}, ${provision.pinpoint}`;
    say(togglePin({ version: version.id, provision: provision.id, name }));
  };
  const cancel = () => {
    const back = threadOf(draft) ?? (draft?.whole ? active : null);
    const block = sheet.blocks[indexAt(edition.blocks, draft?.spans[0]?.start ?? 0)];
    if (adjusting) visual.stop();
    setDraft(null);
    if (back) focusSoon(back);
    else focusBlock(block);
  };

  const shutCiting = () => {
    setCiting(undefined);
    figureOf(sheet, citing)?.focus({ preventScroll: true });
  };

  /** The text keeps its place when what is beside it comes or goes. */
  const toggleAlone = () => {
    setAlone(!alone);
    if (scrollY > 0) requestAnimationFrame(() => void revealBlock(sheet, first));
  };

  const leaveFind = () => {
    const block = sheet.blocks[standing()];
    setFinding(undefined);
    if (block) focusBlock(block);
  };

  useReadingKeys(
    region,
    {
      paragraph: (step) => {
        const from = focused(sheet);
        const to = from === null ? standing() : from + step;
        const block = sheet.blocks[to];
        if (block) focusBlock(block);
      },
      article: (step) => {
        const to = nextHeading(edition, focused(sheet) ?? first, step);
        if (to === null) return;
        void revealBlock(sheet, to);
        focusBlock(sheet.blocks[to] as HTMLElement);
      },
      hit: (step) => {
        if (hits.length === 0) return say(address.q ? "No hits in this text" : "No query is on");
        const near = firstFrom(hits, view.place().start);
        const at = hit >= 0 ? hit + step : step > 0 ? near : near - 1;
        const to = (at + hits.length) % hits.length;
        focusBlock(sheet.blocks[indexAt(edition.blocks, (hits[to] as Span).start)] as HTMLElement);
        toHit(to);
      },
      find: () => setFinding(view.place().start),
      annotation: (step) => {
        if (marks.length === 0) return say("No annotations in this text");
        const firsts = marks.filter((mark) => mark.nth === 0);
        const at = firsts.findIndex((mark) => mark.annotation.id === active);
        const near = firstFrom(firsts, view.place().start);
        const to = at >= 0 ? at + step : step > 0 ? near : near - 1;
        toMark(firsts[(to + firsts.length) % firsts.length] as Mark);
      },
      startSelecting: () => visual.start(subject().start),
      selectWhole: (what) => {
        const block = focused(sheet) ?? standing();
        visual.select(what === "article" ? articleAround(edition, block) : (edition.blocks[block] as Span));
      },
      compose: (focus) => {
        const span = subject();
        visual.stop();
        setDraft((before) => withSpan(before?.adding ? before : null, span, focus));
      },
      reply: () => {
        const thread = chosen();
        if (thread) actions.current.reply(thread);
        else say("Choose an annotation first: . and , go through them");
      },
      adjust: () => {
        const thread = chosen();
        if (thread && !thread.gone) adjust(thread.head);
        else say("Choose an annotation first: . and , go through them");
      },
      history: () => {
        const thread = chosen();
        if (thread && !thread.gone) setPast(thread.head);
        else say("Choose an annotation first: . and , go through them");
      },
      annotateDocument: () => noteDocument(false),
      redo: () => void writing.redo(),
      cite: () => void copyText(references.citation(references.provision(subject()), subject()), "Citation"),
      link: () => void copyText(references.link(references.provision(subject())), "Link"),
      pin: () => pin(references.provision(subject())),
      undo: () => void writing.undo(),
      recent: (nth) => {
        const concept = recentConcepts()[nth];
        if (!concept)
          return say(`There is no concept ${nth + 1} yet: the last nine you used are on these keys`);
        if (writing.written.current) return say("Save or leave first what you are writing");
        const span = subject();
        visual.stop();
        void writing.tag(span, concept);
      },
      focus: toggleAlone,
      escape: () => {
        if (draft) cancel();
        else if (citing) shutCiting();
        else if (active !== null) setActive(null);
        else if (alone) toggleAlone();
        else if (isOn(filter)) {
          setFilter({});
          say("All annotations are shown again");
        }
      },
    },
    visual.visual && (adjusting ? { ...visual.keys, Enter: saveAdjusted, Escape: cancel } : visual.keys),
  );

  const onAction = (target: EventTarget) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-action]") : null;
    const provision = edition.provisions.find((one) => one.id === button?.dataset.provision);
    if (!button || !provision) return;
    if (button.dataset.action === "cited") return setCiting(citing === provision ? undefined : provision);
    if (button.dataset.action === "link") void copyText(references.link(provision), "Link");
    else if (button.dataset.action === "pin") pin(provision);
    else void copyText(references.citation(provision), "Citation");
  };

  usePinned(sheet, version.id);
  useEffect(() => {
    const figure = figureOf(sheet, citing);
    figure?.setAttribute("aria-expanded", "true");
    return () => figure?.setAttribute("aria-expanded", "false");
  }, [sheet, citing]);
  const panel = citing && {
    at: citing.start,
    content: <Citing key={citing.id} version={version.id} provision={citing.id} onClose={shutCiting} />,
  };
  const shown = links.references[pointed];

  const noteDocument = (absent: boolean) => {
    scrollTo({ top: 0, behavior: "instant" });
    setDraft({ spans: [], whole: true, absent, focus: absent ? "concepts" : "note" });
  };
  const composer = draft && (
    <Composer
      key={draft.editing?.id ?? draft.replyTo ?? (draft.whole ? "document" : "new")}
      draft={draft}
      words={draft.spans.map(({ start, end }) => edition.text.slice(start, end)).join(" … ")}
      save={writing.save}
      onCancel={cancel}
      onAdd={mayAdd(draft, version) ? (adding) => setDraft({ ...draft, adding }) : undefined}
      written={writing.written}
    />
  );
  const adjusted = draft?.adjusting === undefined ? undefined : draft.spans[draft.adjusting];
  const beside = adjusted ? (
    <Adjusting
      words={edition.text.slice(adjusted.start, adjusted.end)}
      onSave={saveAdjusted}
      onCancel={cancel}
    />
  ) : draft && !isSaid(draft) ? (
    composer
  ) : null;

  const contents = <Contents edition={edition} current={current} hits={hits} marks={marks} onGo={goTo} />;
  return (
    <main id="main" ref={region} className={alone && !draft ? "reader alone" : "reader"} tabIndex={-1}>
      <div className="contents noprint">
        <Name document={document} edition={edition} marks={marks} />
        {contents}
      </div>
      <div className="column">
        <div className="measure">
          <Bar
            edition={edition}
            current={current}
            alone={alone}
            onAlone={toggleAlone}
            onContents={() => setDrawer(true)}
            onGo={goTo}
          >
            <Find
              q={address.q}
              found={found}
              hit={hit}
              open={finding !== undefined}
              onOpen={() => setFinding(view.place().start)}
              onLeave={leaveFind}
              onQuery={find}
              onStep={(step) => toHit((Math.max(hit, step > 0 ? -1 : 0) + step + hits.length) % hits.length)}
            />
          </Bar>
          <Head document={document} version={version} address={address} />
          {address.round && (
            <Suspense>
              <Coding document={document.id} />
            </Suspense>
          )}
          <DocumentNotes
            notes={notes}
            active={active}
            draft={draft}
            actions={actions}
            writing={isSaid(draft) ? composer : null}
            onNote={() => noteDocument(false)}
            onAbsent={() => noteDocument(true)}
          />
          <Notices edition={edition} address={address} annotations={all} lost={lost.length} />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the clicks come from buttons of the text */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: buttons turn keys into clicks */}
          <div
            className="host"
            onClick={(event) => {
              follow(event);
              onAction(event.target);
            }}
          >
            <Text sheet={sheet} view={view} />
            {adjusted && (
              <Grips sheet={sheet} span={adjusted} onChange={(span) => visual.select(span, "end")} />
            )}
          </div>
          <Lost lost={lost} active={active} actions={actions} />
          <Endnotes marks={marks} />
        </div>
      </div>
      <Margin
        edition={edition}
        sheet={sheet}
        view={view}
        marks={marks}
        active={active}
        draft={draft}
        actions={actions}
        threads={threads}
        writing={isSaid(draft) ? composer : null}
        composer={beside}
        panel={panel}
        glance={(margin) =>
          shown && (
            <Glance edition={edition} sheet={sheet} reference={shown} index={pointed} margin={margin} />
          )
        }
        filters={<Filters annotations={all} filter={filter} hidden={hidden} onFilter={setFilter} />}
        empty={all?.length === 0}
      />
      <Strip length={edition.text.length} hits={hits} marks={marks} view={view} onGo={goToUnit} />
      {drawer && (
        <Dialog title="Contents" onClose={() => setDrawer(false)}>
          {contents}
        </Dialog>
      )}
      {past && (
        <Suspense>
          <HistoryDialog
            annotation={past}
            onClose={() => setPast(undefined)}
            onRestored={(id) => void writing.reread().then(() => showCard(id))}
            say={say}
          />
        </Suspense>
      )}
      {status}
    </main>
  );
}

const noAnnotations: Schemas["Annotation"][] = [];
const noSpans: Span[] = [];
const nothing = () => {};
const noActions: CardActions = {
  ...{ activate: nothing, hover: nothing, edit: nothing, remove: nothing },
  ...{ reply: nothing, adjust: nothing, history: nothing },
};

/** The text itself, which React does not look into. */
function Text({ sheet, view }: { sheet: Sheet; view: View }) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    host.current?.replaceChildren(sheet.root);
    return view.watch();
  }, [sheet, view]);
  return <div ref={host} />;
}
