import type { Schemas } from "../api/client";
import type { Round } from "./queries";

type Figure = Schemas["AgreementFigure"];

const why = {
  "no units": "nothing to compare",
  "no variation": "not defined: nothing varies",
  "not two": "of two people only",
};

/** A share as "83.3 %"; why there is none in words. */
export function share(figure: Figure): string {
  return figure.value === undefined ? reason(figure) : `${(figure.value * 100).toFixed(1)} %`;
}

/** A coefficient as "0.743"; why there is none in words. */
export function coefficient(figure: Figure): string {
  return figure.value === undefined ? reason(figure) : figure.value.toFixed(3).replace("-", "−");
}

function reason({ undefined: reason }: Figure): string {
  return reason ? why[reason] : "";
}

/** How far a round has come. */
export function progress(round: Round): { assigned: number; finished: number } {
  const all = round.documents.flatMap((document) => document.coders);
  return { assigned: all.length, finished: all.filter((coder) => coder.finished > 0).length };
}

export interface Coder {
  id: string;
  name: string;
  assigned: number;
  finished: number;
}

/** The coders of a round by name, and how far each has come. */
export function coders(round: Round): Coder[] {
  const all = new Map<string, Coder>();
  for (const { id, name, finished } of round.documents.flatMap((document) => document.coders)) {
    const coder = all.get(id) ?? { id, name, assigned: 0, finished: 0 };
    coder.assigned++;
    if (finished > 0) coder.finished++;
    all.set(id, coder);
  }
  return [...all.values()].sort((a, b) => a.name.localeCompare(b.name));
}
