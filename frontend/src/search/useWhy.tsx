import { lazy, Suspense, useState } from "react";
import type { Asked } from "./address";
import type { Hit } from "./queries";

const Why = lazy(() => import("./Why"));

/** A button that asks why a hit was found, and what it shows. */
export function useWhy(address: Asked, hit: Hit) {
  const [open, setOpen] = useState(false);
  const button = (
    <button
      type="button"
      className="link tiny ask-why"
      aria-expanded={open}
      data-why
      onClick={() => setOpen(!open)}
    >
      Why this result?
    </button>
  );
  const answer = open && (
    <Suspense>
      <Why address={address} hit={hit} />
    </Suspense>
  );
  return { button, answer };
}
