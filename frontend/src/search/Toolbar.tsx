import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { asked, manifold, type SearchAddress } from "./address";
import { ExportMenu } from "./ExportMenu";
import type { Result } from "./queries";
import { ShareDialog } from "./ShareDialog";
import { SortSelect } from "./SortSelect";
import { Views } from "./Views";

interface Props {
  address: SearchAddress;
  /** What was found, if it is known. */
  result: Result | undefined;
  onFilters: () => void;
  onSave: () => void;
  onTag: () => void;
}

export function Toolbar({ address, result, onFilters, onSave, onTag }: Props) {
  const [sharing, setSharing] = useState(false);
  const filters =
    manifold.reduce((sum, name) => sum + (address[name]?.length ?? 0), 0) +
    (address.year ? 1 : 0) +
    (address.in ? 1 : 0);
  return (
    <div className="bar">
      <button type="button" className="btn open-filters" onClick={onFilters}>
        Filters{filters > 0 && ` (${filters})`}
      </button>
      <Views address={address} />
      <SortSelect address={address} />
      {address.q && (
        <Link className="btn" to="/lens" search={asked(address)}>
          Term lens
        </Link>
      )}
      <div className="tools">
        <button type="button" className="btn" onClick={onSave}>
          <span aria-hidden="true">☆</span>{" "}
          <span>
            Save<span className="long"> search</span>
          </span>
          <span className="kbd" aria-hidden="true">
            s
          </span>
        </button>
        {result && result.passages > 0 && (
          <button type="button" className="btn" onClick={onTag}>
            <span>
              Tag all<span className="long"> hits</span>
            </span>
            <span className="kbd" aria-hidden="true">
              t
            </span>
          </button>
        )}
        <button type="button" className="btn" onClick={() => setSharing(true)}>
          <span>
            Share<span className="long"> link</span>
          </span>
        </button>
        {result && <ExportMenu address={address} result={result} />}
      </div>
      {sharing && (
        <ShareDialog
          onClose={() => setSharing(false)}
          onSave={() => {
            setSharing(false);
            onSave();
          }}
        />
      )}
    </div>
  );
}
