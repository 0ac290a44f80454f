import type { Span } from "../anchor/offsets";
import type { Schemas } from "../api/client";
import { writeParams } from "../app/address";
import { type Edition, indexAt } from "./edition";
import type { Sheet } from "./text";

/** A reference in the text, in units, and where it leads. */
export interface Reference extends Span {
  /** Of the provision it leads to, in the version it leads to. */
  provision: string;
  /** Of the last provision of a range. */
  last?: string;
  pinpoint?: string;
  /** The other document it leads to; none within the version itself. */
  document?: Schemas["ReferenceTarget"];
}

/** What refers to a provision, as a figure beside it. */
export type Cited = Schemas["CitedProvision"];

export function referencesIn(edition: Edition, found: Schemas["References"]): Reference[] {
  const { offsets } = edition;
  return found.references.map(({ start, end, document, ...rest }) => ({
    ...rest,
    start: offsets.units(start),
    end: offsets.units(end),
    document: document === undefined ? undefined : found.documents[document],
  }));
}

/** The address of what a reference leads to. `own` is the address of the version on the screen. */
export function addressOf(reference: Reference, own: { document: string; version?: string }): string {
  const { document, provision } = reference;
  const version = document ? (document.named ? document.version : undefined) : own.version;
  return `/read/${encodeURIComponent(document?.id ?? own.document)}${writeParams({ at: provision, version })}`;
}

/** Makes links of the references in the text and puts a figure beside each provision that is cited. */
export function link(
  edition: Edition,
  sheet: Sheet,
  references: Reference[],
  cited: Cited[],
  own: { document: string; version?: string },
): void {
  const selected = selectionIn(sheet);
  let number = 0;
  sheet.page.wrap(references, (reference) => {
    const anchor = document.createElement("a");
    anchor.className = "ref";
    anchor.href = addressOf(reference, own);
    anchor.dataset.reference = String(references.indexOf(reference, number));
    number = Number(anchor.dataset.reference);
    return anchor;
  });
  if (selected) select(sheet, selected);
  for (const one of cited) addFigure(edition, sheet, one);
}

function selectionIn(sheet: Sheet): Span | null {
  const selection = getSelection();
  const range = selection?.rangeCount ? selection.getRangeAt(0) : null;
  return range && !range.collapsed && range.intersectsNode(sheet.root) ? sheet.page.span(range) : null;
}

function select(sheet: Sheet, span: Span): void {
  const range = sheet.page.range(span);
  if (!range) return;
  getSelection()?.setBaseAndExtent(
    range.startContainer,
    range.startOffset,
    range.endContainer,
    range.endOffset,
  );
}

/** "commentary: 2 · cited by: 5" */
export function figureOf({ commentary, citations, here }: Cited): string {
  return [
    commentary > 0 && `commentary: ${commentary}`,
    citations + here > 0 && `cited by: ${citations + here}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

function addFigure(edition: Edition, sheet: Sheet, cited: Cited): void {
  const index = edition.provisions.findIndex((one) => one.id === cited.provision);
  const provision = edition.provisions[index];
  if (!provision) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "figure";
  button.dataset.action = "cited";
  button.dataset.provision = provision.id;
  button.textContent = figureOf(cited);
  button.setAttribute("aria-label", `${provision.pinpoint}: ${button.textContent}`);
  const block = sheet.blocks[indexAt(edition.blocks, provision.start)];
  const head = block?.closest(".head");
  if (head) {
    head.querySelector(".actions")?.prepend(button);
    return;
  }
  const line = document.createElement("div");
  line.className = "actions noprint";
  line.append(button);
  block?.after(line);
}
