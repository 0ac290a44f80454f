import { useQuery } from "@tanstack/react-query";
import { type RefObject, useLayoutEffect } from "react";
import type { Schemas } from "../api/client";
import { provisionQuery } from "./data";
import type { Edition } from "./edition";
import { linkOf } from "./following";
import type { Reference } from "./links";
import type { Sheet } from "./text";

interface Props {
  edition: Edition;
  sheet: Sheet;
  reference: Reference;
  index: number;
  margin: RefObject<HTMLElement | null>;
}

export const glanceId = "glance";

/** The words that a reference leads to, beside the text at its height. */
export function Glance({ edition, sheet, reference, index, margin }: Props) {
  const { document: target, provision } = reference;
  const version = target?.version ?? edition.version.id;
  const { data, isError } = useQuery(provisionQuery(version, provision));
  useLayoutEffect(() => {
    const anchor = linkOf(sheet, index);
    const card = margin.current?.querySelector<HTMLElement>(".glance");
    if (!anchor || !card || !margin.current) return;
    anchor.setAttribute("aria-describedby", glanceId);
    if (getComputedStyle(card).position === "absolute") {
      const top = anchor.getBoundingClientRect().top;
      const room = innerHeight - card.offsetHeight - 12;
      card.style.top = `${Math.max(60, Math.min(top, room)) - margin.current.getBoundingClientRect().top}px`;
    }
    return () => anchor.removeAttribute("aria-describedby");
  });
  return (
    <section className="glance noprint" id={glanceId} aria-label="What the reference leads to">
      <p className="whence">
        {target ? `${target.name}, ` : ""}
        {data?.pinpoint ?? reference.pinpoint ?? provision}
        {!target && <span className="muted"> of this text</span>}
        {reference.last && <span className="muted"> and those after it</span>}
      </p>
      {data && <Words data={data} />}
      {data?.digest && <p className="tiny warned">Digest – our summary, not the official text</p>}
      {isError && <p className="small">Its words could not be read.</p>}
      {!data && !isError && (
        <div aria-hidden="true">
          <div className="bone" />
        </div>
      )}
    </section>
  );
}

function Words({ data }: { data: Schemas["ProvisionWords"] }) {
  return (
    <>
      <p className="label" lang={data.language}>
        {data.label}
      </p>
      <p className="text" lang={data.language} dir="auto">
        {data.text}
      </p>
    </>
  );
}
