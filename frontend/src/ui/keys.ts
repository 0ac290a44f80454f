import { useLayoutEffect, useRef } from "react";

/** What a key does, by its name (KeyboardEvent.key); "g s" is g and then s. */
export type Bindings = Record<string, (event: KeyboardEvent) => void>;

interface Layer {
  bindings: () => Bindings;
  region: () => Element | null;
}

/** How long the second key of a pair may take, in milliseconds. */
const patience = 1500;
const setting = "keys";

const layers: Layer[] = [];
let first = "";
let firstAt = 0;

/** Whether single letters act as keys (WCAG 2.1.4 asks that they can be turned off). */
export function keysAreOn(): boolean {
  return localStorage.getItem(setting) !== "off";
}

export function turnKeys(on: boolean): void {
  localStorage.setItem(setting, on ? "on" : "off");
}

function inField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select"))
  );
}

const pressedBy: Record<string, string> = {
  " ": "button, input, summary",
  Enter: "a[href], button, input, summary",
};

/** Whether the key presses what has the focus. */
function presses({ key, target }: KeyboardEvent): boolean {
  const pressed = pressedBy[key];
  return pressed !== undefined && target instanceof Element && target.matches(pressed);
}

function reaches(layer: Layer): boolean {
  const region = layer.region();
  const focus = document.activeElement;
  return region === null || focus === document.body || focus === null || region.contains(focus);
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (inField(event.target) || presses(event) || !keysAreOn() || document.querySelector("dialog[open]"))
    return;
  const pair = first && Date.now() - firstAt < patience ? `${first} ${event.key}` : "";
  first = "";
  const live = layers.filter(reaches).reverse();
  for (const key of pair ? [pair, event.key] : [event.key]) {
    const run = live.map((layer) => layer.bindings()[key]).find(Boolean);
    if (run) {
      event.preventDefault();
      event.stopPropagation();
      run(event);
      return;
    }
  }
  if (live.some((layer) => Object.keys(layer.bindings()).some((key) => key.startsWith(`${event.key} `)))) {
    first = event.key;
    firstAt = Date.now();
  }
}

/**
 * Binds keys while the component is mounted, from before it is seen. They act when the focus is in no
 * field, no dialog is open, and the focus is nowhere or inside of `region`
 * (anywhere, without one). What was bound last comes first. Space and Enter
 * stay with a button or a link that has the focus.
 */
export function useKeys(bindings: Bindings, region?: { current: Element | null }): void {
  const latest = useRef(bindings);
  useLayoutEffect(() => {
    latest.current = bindings;
  });
  useLayoutEffect(() => {
    const layer: Layer = { bindings: () => latest.current, region: () => region?.current ?? null };
    layers.push(layer);
    if (layers.length === 1) addEventListener("keydown", onKey, true);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) removeEventListener("keydown", onKey, true);
    };
  }, [region]);
}
