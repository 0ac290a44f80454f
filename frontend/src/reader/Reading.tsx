import { getRouteApi } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useLayoutEffect, useRef, useState } from "react";
import type { Span } from "../anchor/offsets";
import type { Schemas } from "../api/client";
import { removePrerendered } from "../app/prerendered";
import { Dialog } from "../ui/Dialog";
import { Adjusting } from "./Adjusting";
import { useAnnotating } from "./annotating";
import { Bar } from "./Bar";
import { Citing } from "./Citing";
import { Composer } from "./Composer";
import { Contents } from "./Contents";
import { useChosen } from "./chosen";
import { DocumentNotes } from "./DocumentNotes";
import { isSaid, mayAdd } from "./draft";
import { Endnotes, Lost } from "./Endings";
import { type Edition, indexAt, type Version } from "./edition";
import { Filters } from "./Filters";
import { Find } from "./Find";
import { type Filter, filterNames, filterOf, isOn } from "./filter";
import { useFound } from "./found";
import { Glance } from "./Glance";
import { Grips } from "./Grips";
import { Head } from "./Head";
import { useLayers } from "./layers";
import { Margin } from "./Margin";
import { useAnnotations, useMaterial } from "./material";
import { useMoving } from "./moving";
import { Name } from "./Name";
import { Notices } from "./Notices";
import { Picked } from "./Picked";
import { useProvisionActions } from "./provisionActions";
import { useReadingKeys } from "./readingKeys";
import { usePointed, useReferences } from "./referring";
import { revealAt, revealBlock } from "./reveal";
import { Strip } from "./Strip";
import { useStatus } from "./status";
import type { Sheet } from "./text";
import type { View } from "./view";

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
  const material = useMaterial(document, version);
  const { edition, sheet, view } = material;
  const region = useRef<HTMLElement>(null);
  const { say, status } = useStatus();
  const filter = filterOf(address);
  const annotations = useAnnotations(edition, filter);
  const { all, threads, marks, lost, notes, hidden } = annotations;
  const found = useFound(edition, address.q, address.synonyms);
  const { hits } = found;
  const links = useReferences(edition, sheet, document);
  const pointed = usePointed(region);
  const [drawer, setDrawer] = useState(false);
  /** Whether nothing but the text is shown. */
  const [alone, setAlone] = useState(false);

  const chosen = useChosen(sheet, marks, say);
  const { active } = chosen;
  const moving = useMoving(material, { hits, annotations, links, chosen }, say);
  const annotating = useAnnotating(material, annotations, chosen, moving.standing, say);
  const { writing, draft, cancel, noteDocument, actions, adjusted, past, setPast } = annotating;
  const provisions = useProvisionActions(document, material, annotating.subject, say);
  const { citing } = provisions;
  useLayers(sheet, {
    marks,
    hits,
    hit: hits[moving.hit],
    active: chosen.lit,
    draft: draft?.spans ?? noSpans,
    drawn: links.drawn,
  });

  const setFilter = (next: Filter) =>
    void navigate({
      search: (before) => ({
        ...before,
        ...Object.fromEntries(filterNames.map((name) => [name, next[name]])),
      }),
      replace: true,
      resetScroll: false,
    });
  /** The text keeps its place when what is beside it comes or goes. */
  const toggleAlone = () => {
    setAlone(!alone);
    if (scrollY > 0) requestAnimationFrame(() => void revealBlock(sheet, moving.first));
  };
  useReadingKeys(
    region,
    {
      ...moving.commands,
      ...annotating.commands,
      ...provisions.commands,
      focus: toggleAlone,
      escape: () => {
        if (draft) cancel();
        else if (citing) provisions.shut();
        else if (active !== null) chosen.choose(null);
        else if (alone) toggleAlone();
        else if (isOn(filter)) {
          setFilter({});
          say("All annotations are shown again");
        }
      },
    },
    annotating.keys,
  );

  const composer = draft && (
    <Composer
      key={draft.editing?.id ?? draft.replyTo ?? (draft.whole ? "document" : "new")}
      draft={draft}
      words={draft.spans.map(({ start, end }) => edition.text.slice(start, end)).join(" … ")}
      save={writing.save}
      onCancel={cancel}
      onAdd={mayAdd(draft, version) ? (adding) => writing.setDraft({ ...draft, adding }) : undefined}
      written={writing.written}
    />
  );
  const beside = adjusted ? (
    <Adjusting
      words={edition.text.slice(adjusted.start, adjusted.end)}
      onSave={annotating.saveAdjusted}
      onCancel={cancel}
    />
  ) : draft && !isSaid(draft) ? (
    composer
  ) : null;
  const panel = citing && {
    at: citing.start,
    content: <Citing key={citing.id} version={version.id} provision={citing.id} onClose={provisions.shut} />,
  };
  const shown = links.references[pointed];

  const current = edition.blocks[moving.first]?.provision ?? 0;
  const { goTo } = moving;
  const goFromContents = useCallback(
    (id: string) => {
      setDrawer(false);
      goTo(id);
    },
    [goTo],
  );
  const contents = (
    <Contents edition={edition} current={current} hits={hits} marks={marks} onGo={goFromContents} />
  );
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
              hit={moving.hit}
              open={moving.finding}
              onOpen={moving.openFind}
              onLeave={moving.leaveFind}
              onQuery={moving.find}
              onStep={moving.stepHit}
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
          <Notices
            edition={edition}
            address={address}
            annotations={all}
            lost={lost.length}
            failure={annotations.failure}
          />
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the clicks come from buttons of the text */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: buttons turn keys into clicks */}
          <div
            className="host"
            onClick={(event) => {
              moving.follow(event);
              provisions.press(event.target);
            }}
          >
            <Text edition={edition} sheet={sheet} view={view} />
            {adjusted && <Grips sheet={sheet} span={adjusted} onChange={annotating.select} />}
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
        onShut={() => chosen.choose(null)}
        picked={
          annotating.picking && (
            <Picked
              further={draft?.adding === true}
              onWrite={annotating.commands.compose}
              onRecent={annotating.commands.recent}
              onCite={provisions.commands.cite}
            />
          )
        }
        glance={(margin) =>
          shown && (
            <Glance edition={edition} sheet={sheet} reference={shown} index={pointed} margin={margin} />
          )
        }
        filters={<Filters annotations={all} filter={filter} hidden={hidden} onFilter={setFilter} />}
        busy={all === undefined && !annotations.failure}
        empty={all?.length === 0}
        unread={all ? undefined : unread(annotations.failure !== undefined)}
      />
      <Strip length={edition.text.length} hits={hits} marks={marks} view={view} onGo={moving.goToUnit} />
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
            onRestored={(id) => void writing.reread().then(() => chosen.show(id))}
            say={say}
          />
        </Suspense>
      )}
      {status}
    </main>
  );
}

const noSpans: Span[] = [];

/** The text itself, which React does not look into. */
function Text({ edition, sheet, view }: { edition: Edition; sheet: Sheet; view: View }) {
  const host = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    host.current?.replaceChildren(sheet.root);
    const held = removePrerendered();
    if (held) void revealAt(sheet, indexAt(edition.blocks, edition.offsets.units(held.start)), held.top);
    return view.watch();
  }, [edition, sheet, view]);
  return <div ref={host} />;
}

/** What the foot of a narrow screen says of annotations that have not been read. */
const unread = (failed: boolean) =>
  failed ? "The annotations could not be read" : "Reading the annotations…";
