import { useEffect, useState } from "react";
import type { Span } from "../anchor/offsets";
import type { Schemas } from "../api/client";
import { togglePin } from "../compare/tray";
import { copy } from "./copy";
import type { Provision } from "./edition";
import { narrow } from "./Margin";
import type { Material } from "./material";
import { usePinned } from "./pinned";
import type { Commands } from "./readingKeys";
import { reveal } from "./reveal";
import { figureOf } from "./standing";
import type { Say } from "./status";

/**
 * What the buttons beside a provision do, and the keys that do the same to what is under way: link, cite, pin, and
 * show what refers to it.
 */
export function useProvisionActions(
  document: Schemas["DocumentDetail"],
  { edition, sheet, references }: Material,
  subject: () => Span,
  say: Say,
) {
  /** The provision beside which it is shown what refers to it. */
  const [citing, setCiting] = useState<Provision>();
  useEffect(() => {
    if (citing && narrow.matches) void reveal(edition, sheet, citing);
  }, [citing, edition, sheet]);
  useEffect(() => {
    const figure = figureOf(sheet, citing);
    figure?.setAttribute("aria-expanded", "true");
    return () => figure?.setAttribute("aria-expanded", "false");
  }, [sheet, citing]);
  usePinned(sheet, edition.version.id);

  const copyText = async (text: string, what: string) => {
    say((await copy(text)) ? `${what} copied: ${text}` : `This browser does not let the page copy: ${text}`);
  };
  const pin = (provision: Provision | undefined) => {
    if (!provision) return say("There is no provision here to pin");
    const name = `${document.shortTitle || document.title}, ${provision.pinpoint}`;
    say(togglePin({ version: edition.version.id, provision: provision.id, name }));
  };
  const shut = () => {
    setCiting(undefined);
    figureOf(sheet, citing)?.focus({ preventScroll: true });
  };
  const press = (target: EventTarget) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-action]") : null;
    const provision = edition.provisions.find((one) => one.id === button?.dataset.provision);
    if (!button || !provision) return;
    if (button.dataset.action === "cited") return setCiting(citing === provision ? undefined : provision);
    if (button.dataset.action === "link") void copyText(references.link(provision), "Link");
    else if (button.dataset.action === "pin") pin(provision);
    else void copyText(references.citation(provision), "Citation");
  };
  const commands: Pick<Commands, "cite" | "link" | "citeLinked" | "pin"> = {
    cite: () => void copyText(references.citation(references.provision(subject()), subject()), "Citation"),
    citeLinked: () => {
      const provision = references.provision(subject());
      const text = `${references.citation(provision, subject())}, ${references.link(provision)}`;
      void copyText(text, "Citation and link");
    },
    link: () => void copyText(references.link(references.provision(subject())), "Link"),
    pin: () => pin(references.provision(subject())),
  };
  return { citing, shut, press, commands };
}
