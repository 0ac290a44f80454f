/**
 * The text that the server writes into the page of the reader, so that one reads before the app runs. It stands
 * after the app, hidden as soon as that has a main part of its own (shell.css).
 */
function prerendered(): HTMLElement | null {
  return document.querySelector("#root + main");
}

/** Whether that text is there: then nothing that waits needs to say so. */
export function isPrerendered(): boolean {
  return prerendered() !== null;
}

/** A block of it, by the code points before it in the text, and how far down in the window it is, in pixels. */
export interface Held {
  start: number;
  top: number;
}

/** Removes it and says what was at the top of the window; undefined if nobody had scrolled there. */
export function removePrerendered(): Held | undefined {
  const main = prerendered();
  if (!main) return undefined;
  const blocks = scrollY > 0 ? [...main.querySelectorAll<HTMLElement>("[data-start]")] : [];
  const held = blocks
    .map((block) => ({ start: Number(block.dataset.start), top: block.getBoundingClientRect().top }))
    .find(({ top }) => top > 0);
  main.remove();
  return held;
}
