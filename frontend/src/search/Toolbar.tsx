import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { manifold, type SearchAddress, type Sort } from "./address";
import { ShareDialog } from "./ShareDialog";

const sortNames: Record<Sort, string> = {
  relevance: "Most relevant first",
  newest: "Newest first",
  oldest: "Oldest first",
  title: "By title",
};

interface Props {
  address: SearchAddress;
  onFilters: () => void;
  onSave: () => void;
}

export function Toolbar({ address, onFilters, onSave }: Props) {
  const navigate = useNavigate();
  const [sharing, setSharing] = useState(false);
  const sort = (value: string) => {
    const chosen = value === "relevance" ? undefined : (value as Sort);
    void navigate({ to: "/search", search: { ...address, sort: chosen, page: undefined } });
  };
  const filters =
    manifold.reduce((sum, name) => sum + (address[name]?.length ?? 0), 0) +
    (address.year ? 1 : 0) +
    (address.in ? 1 : 0);
  return (
    <div className="bar">
      <button type="button" className="btn open-filters" onClick={onFilters}>
        Filters{filters > 0 && ` (${filters})`}
      </button>
      <label>
        <span className="sr">Order of the documents</span>
        <select
          className="select"
          value={address.sort ?? "relevance"}
          onChange={(event) => sort(event.target.value)}
        >
          {Object.entries(sortNames).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <span className="grow" />
      <button type="button" className="btn" onClick={onSave}>
        <span aria-hidden="true">☆</span> Save search
        <span className="kbd" aria-hidden="true">
          s
        </span>
      </button>
      <button type="button" className="btn" onClick={() => setSharing(true)}>
        Share link
      </button>
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
