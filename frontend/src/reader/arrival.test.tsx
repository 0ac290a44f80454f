import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { expect, it, vi } from "vitest";
import type { Span } from "../anchor/offsets";
import { useArrival } from "./arrival";
import type { Edition } from "./edition";

const edition = { provisions: [{ id: "art1", start: 0, end: 20 }] } as unknown as Edition;

/** Comes to a place, and shows it again once its hits are known. */
function arrive(at?: string) {
  const go = {
    ...{ toProvision: () => Promise.resolve(), toMark: vi.fn(), toLost: vi.fn(), toHit: vi.fn() },
    begin: () => 1,
  };
  const Reader = ({ q, hits }: { q: string; hits: Span[] }) => {
    useArrival({ edition, at, annotation: undefined, q, hits, marks: undefined }, go);
    return null;
  };
  const root = createRoot(document.createElement("div"));
  const show = async (q: string, ...hits: Span[]) => {
    flushSync(() => root.render(<Reader q={q} hits={hits} />));
    await Promise.resolve();
  };
  return { show, toHit: go.toHit };
}

const hits = [
  { start: 30, end: 34 },
  { start: 4, end: 8 },
];

it("goes to the hit in the provision, else to the first, when the hits are known", async () => {
  for (const at of ["art1", undefined]) {
    const { show, toHit } = arrive(at);
    await show("rope");
    expect(toHit).not.toHaveBeenCalled();
    await show("rope", ...hits);
    expect(toHit).toHaveBeenCalledExactlyOnceWith(1, true);
  }
});

it.each(["keydown", "wheel", "pointerdown"])("lets be a hit that is known only after a %s", async (deed) => {
  for (const at of ["art1", undefined]) {
    const { show, toHit } = arrive(at);
    await show("rope");
    document.body.dispatchEvent(new Event(deed, { bubbles: true }));
    await show("rope", ...hits);
    expect(toHit).not.toHaveBeenCalled();
  }
});

it("goes to the hits of what is typed into a field, and of another query", async () => {
  const { show, toHit } = arrive();
  const field = document.body.appendChild(document.createElement("input"));
  await show("rope");
  field.dispatchEvent(new Event("keydown", { bubbles: true }));
  await show("rope", ...hits);
  expect(toHit).toHaveBeenCalledTimes(1);
  document.body.dispatchEvent(new Event("wheel", { bubbles: true }));
  await show("buoy");
  await show("buoy", ...hits);
  expect(toHit).toHaveBeenCalledTimes(2);
  field.remove();
});
