import type { Annotation } from "./edition";

/** Something the reader did that can be taken back. */
export type Deed =
  | { kind: "created"; id: string }
  | { kind: "deleted"; id: string }
  | { kind: "edited"; before: Annotation };

const longest = 100;

/** What was done on this screen, the last thing first to be taken back. */
export class Deeds {
  readonly #done: Deed[] = [];

  add(deed: Deed): void {
    this.#done.push(deed);
    if (this.#done.length > longest) this.#done.shift();
  }

  /** Removes and returns the last deed; undefined when there is none. */
  take(): Deed | undefined {
    return this.#done.pop();
  }
}
