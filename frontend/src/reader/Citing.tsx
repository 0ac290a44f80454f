import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { asProblem, type Schemas } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { count } from "../ui/words";
import { citingQuery } from "./data";

interface Props {
  version: string;
  provision: string;
  onClose: () => void;
}

/** The commentary on a provision and who cites it, beside the provision. */
export function Citing({ version, provision, onClose }: Props) {
  const { data, error, refetch } = useQuery(citingQuery(version, provision));
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.focus({ preventScroll: true });
  }, []);
  return (
    <section
      ref={panel}
      className="citing noprint"
      aria-label={data ? `What refers to ${data.pinpoint}` : "What refers to this"}
      aria-busy={!data && !error}
      tabIndex={-1}
    >
      <header>
        <h2>{data ? data.pinpoint : "…"}</h2>
        <button type="button" className="btn square" aria-label="Close" onClick={onClose}>
          ✕
        </button>
      </header>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {data && (
        <>
          <Places name="Commentary" list={data.commentary} pinpoint={data.pinpoint} />
          <Places name="Cited in other texts" list={data.citations} pinpoint={data.pinpoint} />
          <Places name="Cited in this text" list={data.here} pinpoint={data.pinpoint} own />
          {data.commentary.total + data.citations.total + data.here.total === 0 && (
            <p className="small muted">Nothing here refers to it.</p>
          )}
          {data.unread > 0 && (
            <p className="tiny muted">{count(data.unread, "text")} not yet read for references.</p>
          )}
        </>
      )}
    </section>
  );
}

interface PlacesProps {
  name: string;
  list: Schemas["CitingPlaces"];
  pinpoint: string;
  /** Whether the places are in the text on the screen. */
  own?: boolean;
}

function Places({ name, list, pinpoint, own = false }: PlacesProps) {
  if (list.total === 0) return null;
  return (
    <>
      <h3>
        {name}: {list.total}
      </h3>
      <ul>
        {list.places.map((place) => (
          <li key={`${place.version}/${place.provision}`}>
            <Link
              to="/read/$document"
              params={{ document: place.document }}
              search={({ version }) => ({
                at: place.provision,
                version: own ? version : place.named ? place.version : undefined,
              })}
            >
              {own ? place.pinpoint : `${place.name}, ${place.pinpoint}`}
            </Link>
            {place.digest && !own && <span className="tiny warned"> Digest</span>}
            {place.cited !== pinpoint && <span className="tiny muted"> on {place.cited}</span>}
            <Quote place={place} />
          </li>
        ))}
      </ul>
      {list.total > list.places.length && (
        <p className="tiny muted">The first {list.places.length} are shown.</p>
      )}
    </>
  );
}

function Quote({ place }: { place: Schemas["CitingPlace"] }) {
  const points = [...place.text];
  return (
    <p className="quote" lang={place.language} dir="auto">
      {points.slice(0, place.start).join("")}
      <mark>{points.slice(place.start, place.end).join("")}</mark>
      {points.slice(place.end).join("")}
    </p>
  );
}
