import { useSyncExternalStore } from "react";

/** A provision put aside to be compared. */
export interface Pin {
  version: string;
  provision: string;
  /** What it is called in the tray: "Budapest Convention, art. 9". */
  name: string;
}

/** How many provisions stand side by side at most. */
export const mostPins = 6;

const setting = "pins";
const listeners = new Set<() => void>();
let read = "";
let pins: readonly Pin[] = [];

/** What is in the tray, in the order it was put there; the same array until that changes. */
export function pinned(): readonly Pin[] {
  const written = localStorage.getItem(setting) ?? "";
  if (written !== read) {
    read = written;
    pins = parse(written);
  }
  return pins;
}

function parse(written: string): Pin[] {
  try {
    const found: unknown = JSON.parse(written || "[]");
    return Array.isArray(found) ? found.filter(isPin).slice(0, mostPins) : [];
  } catch {
    return [];
  }
}

function isPin(value: unknown): value is Pin {
  const pin = value as Partial<Pin> | null;
  return [pin?.version, pin?.provision, pin?.name].every((part) => typeof part === "string");
}

export function setPins(next: readonly Pin[]): void {
  localStorage.setItem(setting, JSON.stringify(next.slice(0, mostPins)));
  for (const listener of listeners) listener();
}

const same = (pin: Pick<Pin, "version" | "provision">) => (other: Pin) =>
  other.version === pin.version && other.provision === pin.provision;

export function isPinned(version: string, provision: string): boolean {
  return pinned().some(same({ version, provision }));
}

/** Puts a provision into the tray or, if it is there, takes it out. Gives what to say about that. */
export function togglePin(pin: Pin): string {
  const before = pinned();
  if (before.some(same(pin))) {
    setPins(before.filter((other) => !same(pin)(other)));
    return `No longer pinned: ${pin.name}`;
  }
  if (before.length === mostPins)
    return `${mostPins} passages are pinned, which is as many as can be compared`;
  setPins([...before, pin]);
  return before.length === 0
    ? `Pinned: ${pin.name}. Pin another to compare them.`
    : `Pinned: ${pin.name}. ${before.length + 1} to compare.`;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", listener);
  };
}

/** What is in the tray, in this window and any other; whoever shows it or a button for it follows by this. */
export function usePins(): readonly Pin[] {
  return useSyncExternalStore(subscribe, pinned);
}

/** The value of `p` in the address of the comparison. */
export function pinAddress({ version, provision }: Pick<Pin, "version" | "provision">): string {
  return `${version}/${provision}`;
}

/** What pinAddress wrote; undefined if it is nothing of that sort. */
export function readPin(address: string): { version: string; provision: string } | undefined {
  const at = address.indexOf("/");
  if (at < 1 || at === address.length - 1) return undefined;
  return { version: address.slice(0, at), provision: address.slice(at + 1) };
}
