import type { Span } from "../anchor/offsets";
import { type Edition, indexAt } from "./edition";
import type { Sheet } from "./text";

const tries = 4;

/**
 * Scrolls so that the beginning of the span stands in the upper third of the window; does nothing if it is well
 * inside of it already. What comes into the window is laid out only then, so the aim is corrected in the next
 * frames; it is settled when the promise is.
 */
export async function reveal(edition: Edition, sheet: Sheet, span: Span): Promise<void> {
  const block = sheet.blocks[indexAt(edition.blocks, span.start)];
  if (!block) return;
  await settle(block, () => {
    const box = boxOf(sheet, span) ?? block.getBoundingClientRect();
    const top = barBottom();
    const room = floor() - top;
    const inside = box.top >= top + 8 && box.top <= top + room * 0.7;
    return inside ? 0 : box.top - top - room * 0.28;
  });
}

/** Room for the handle that hangs from the end of what a finger selects, in pixels. */
const handle = 40;

/** Scrolls as little as brings the end of the span, with its handle, above what is fixed at the foot of the window. */
export async function revealEnd(edition: Edition, sheet: Sheet, { end }: Span): Promise<void> {
  const last = { start: end - 1, end };
  const block = sheet.blocks[indexAt(edition.blocks, last.start)];
  if (!block) return;
  await settle(block, () => {
    const box = boxOf(sheet, last) ?? block.getBoundingClientRect();
    return Math.max(0, box.bottom + handle - floor());
  });
}

/** Scrolls a block to the top of the text, below the bar; settled when the promise is. */
export async function revealBlock(sheet: Sheet, index: number): Promise<void> {
  await revealAt(sheet, index, barBottom() + 20);
}

/** Scrolls a block to so many pixels below the top of the window; settled when the promise is. */
export async function revealAt(sheet: Sheet, index: number, top: number): Promise<void> {
  const block = sheet.blocks[index];
  if (block) await settle(block, () => block.getBoundingClientRect().top - top);
}

let latest = 0;

/** Scrolls by what is still missing, a few frames long, unless another place or another page is asked for meanwhile. */
async function settle(block: HTMLElement, missing: () => number): Promise<void> {
  const own = ++latest;
  for (let left = tries; left > 0 && own === latest && block.isConnected; left--) {
    const top = missing();
    if (Math.abs(top) > 2) scrollBy({ top, behavior: "instant" });
    await new Promise((frame) => requestAnimationFrame(frame));
  }
}

function boxOf(sheet: Sheet, span: Span): DOMRect | undefined {
  return sheet.page.live({ start: span.start, end: span.start + 1 })?.getBoundingClientRect();
}

const longestFlash = 40;

/** Draws the eye to the blocks of a span for a moment. */
export function flash(edition: Edition, sheet: Sheet, span: Span): void {
  const from = indexAt(edition.blocks, span.start);
  for (let index = from; index < from + longestFlash; index++) {
    const block = sheet.blocks[index];
    if (!block || (edition.blocks[index]?.start ?? 0) >= span.end) return;
    block.classList.add("flash");
    block.addEventListener("animationend", () => block.classList.remove("flash"), { once: true });
  }
}

/** The bottom of what is fixed at the top of the window, in pixels. */
export function barBottom(): number {
  return document.querySelector(".reader .placebar")?.getBoundingClientRect().bottom ?? 0;
}

/** The top of what is fixed at the foot of the window, in pixels: the margin on a narrow screen. */
export function floor(): number {
  const margin = document.querySelector(".reader > .margin");
  if (!margin || getComputedStyle(margin).position !== "fixed") return innerHeight;
  return margin.getBoundingClientRect().top;
}
