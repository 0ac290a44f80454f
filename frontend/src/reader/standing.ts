import type { Span } from "../anchor/offsets";
import { cardId } from "./Card";
import { articleLike, type Edition, type Provision, path } from "./edition";
import type { Sheet } from "./text";

/** The index of the block that has the focus, or holds what has it; null if none does. */
export function focused(sheet: Sheet): number | null {
  const block = document.activeElement?.closest<HTMLElement>(".block");
  const index = block ? sheet.blocks.indexOf(block) : -1;
  return index >= 0 ? index : null;
}

export function focusBlock(block: HTMLElement | undefined): void {
  if (!block) return;
  block.tabIndex = -1;
  block.focus({ preventScroll: true });
  block.scrollIntoView({ block: "nearest", behavior: "instant" });
}

/** The first block of the next heading, or of the one before; null if there is none. */
export function nextHeading(edition: Edition, block: number, step: 1 | -1): number | null {
  const { blocks } = edition;
  for (let index = block + step; index >= 0 && index < blocks.length; index += step) {
    if (
      blocks[index]?.heading &&
      !sameHeading(edition, index, block) &&
      !sameHeading(edition, index, index - 1)
    ) {
      return index;
    }
  }
  return null;
}

function sameHeading({ blocks }: Edition, a: number, b: number): boolean {
  return blocks[b]?.heading === true && blocks[a]?.provision === blocks[b]?.provision;
}

/** The article, or what stands in its place, around a block, with its heading; without one the passage, and without that the provision. */
export function articleAround({ provisions, blocks }: Edition, block: number): Span {
  const around = path(provisions, blocks[block]?.provision ?? -1).map(
    (index) => provisions[index] as Provision,
  );
  return (
    around.find(({ kind }) => articleLike.has(kind)) ??
    around.find(({ passage }) => passage) ??
    around.at(-1) ??
    (blocks[block] as Span)
  );
}

/** The button with the figure of what refers to a provision. */
export function figureOf(sheet: Sheet, provision: Provision | undefined): HTMLElement | null {
  if (!provision) return null;
  return sheet.root.querySelector<HTMLElement>(`.figure[data-provision="${CSS.escape(provision.id)}"]`);
}

const frames = 10;

/** Gives the focus to a card as soon as it is there. */
export function focusSoon(id: string, left = frames): void {
  const card = cardOf(id);
  if (card) card.focus({ preventScroll: true });
  else if (left > 0) requestAnimationFrame(() => focusSoon(id, left - 1));
}

export function cardOf(id: string): HTMLElement | null {
  return document.getElementById(cardId(id));
}
