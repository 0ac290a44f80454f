import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { DocumentField } from "../about/DocumentField";
import { asProblem } from "../api/client";
import { Dialog } from "../ui/Dialog";
import { ProblemNotice } from "../ui/ProblemNotice";
import { counterpartsQuery } from "./data";
import { type Pin, pinAddress } from "./tray";

interface Props {
  /** What a counterpart is looked for. */
  of: Pin;
  /** Told the address of what is chosen: pinAddress. */
  onAdd: (side: string) => void;
  onClose: () => void;
}

/** Finds what in another document is most like a provision, and says by which words. */
export default function AddDialog({ of, onAdd, onClose }: Props) {
  const [document, setDocument] = useState("");
  const { data, error, isFetching, refetch } = useQuery(
    counterpartsQuery(of.version, of.provision, document),
  );
  const add = (provision: string) => {
    if (data) onAdd(pinAddress({ version: data.version, provision }));
    onClose();
  };
  return (
    <Dialog title="Find the counterpart" wide onClose={onClose}>
      <div className="stack">
        <p className="small">
          What in another document is most like <b>{of.name}</b>?
        </p>
        <DocumentField label="Look in" value={document} onChange={setDocument} own="" />
        {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
        <p className="sr" role="status">
          {isFetching ? "Looking…" : data ? `${data.counterparts.length} found` : ""}
        </p>
        {data && data.counterparts.length === 0 && (
          <p className="empty">No passage of that document has a word in common with it.</p>
        )}
        {data && data.counterparts.length > 0 && (
          <ol className="counterparts">
            {data.counterparts.map((one) => (
              <li key={one.provision} className="card">
                <p className="row">
                  <b>{one.label}</b>
                  <span className="small muted grow">{Math.round(one.score * 100)} % alike</span>
                  <button
                    type="button"
                    className="btn"
                    aria-label={`Set ${one.label} beside it`}
                    onClick={() => add(one.provision)}
                  >
                    Set beside
                  </button>
                </p>
                <p className="small begins" lang={data.language}>
                  {one.begins}
                  {[...one.begins].length >= 240 && " …"}
                </p>
                <p className="tiny muted">Both have: {one.words.join(", ")}</p>
              </li>
            ))}
          </ol>
        )}
        <p className="tiny muted">
          Alike is the cosine of the two texts as vectors of their words: rare words of that document weigh
          more than frequent ones (tf-idf), function words nothing. It knows words, not meaning: read before
          you rely on it. Anything else can be pinned with <kbd className="kbd">p</kbd> in a{" "}
          <Link to="/search">search</Link> or in the reader.
        </p>
      </div>
    </Dialog>
  );
}
