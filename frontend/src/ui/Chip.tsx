import type { ReactNode } from "react";

/** A concept: its family gives the colour, its label says which. */
export function Chip({ family, children }: { family: number; children: ReactNode }) {
  return <span className={`chip f${family}`}>{children}</span>;
}
