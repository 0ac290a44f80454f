import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { asProblem } from "../api/client";
import type { SearchAddress } from "../search/address";
import { countQuery } from "../search/queries";
import { count } from "../ui/words";
import { DeleteDialog } from "./DeleteDialog";
import { filtersInWords, searchOf } from "./describe";
import { EditDialog } from "./EditDialog";
import type { SavedSearch } from "./queries";
import { SharesDialog } from "./SharesDialog";

export function Card({ search }: { search: SavedSearch }) {
  const [dialog, setDialog] = useState<"share" | "edit" | "delete">();
  const heading = useId();
  const address = searchOf(search.address);
  const filters = filtersInWords(address);
  const links = search.shares.filter((share) => share.revoked === 0).length;
  const close = () => setDialog(undefined);
  return (
    <section className="card saved-card" aria-labelledby={heading}>
      <h2 id={heading}>{search.name}</h2>
      {search.description && <p className="small">{search.description}</p>}
      <code className="query">{address.q ?? "every passage"}</code>
      {filters && <p className="small muted">{filters}</p>}
      <Count address={address} />
      <footer>
        <span className="tiny muted grow">{links > 0 ? `Shared by ${count(links, "link")}` : "Private"}</span>
        <Link className="btn" to="/search" search={address} aria-label={`Run ${search.name}`}>
          Run
        </Link>
        <button
          type="button"
          className="btn"
          aria-label={`Share ${search.name}`}
          onClick={() => setDialog("share")}
        >
          Share
        </button>
        <button
          type="button"
          className="btn ghost"
          aria-label={`Edit ${search.name}`}
          onClick={() => setDialog("edit")}
        >
          Edit
        </button>
        <button
          type="button"
          className="btn ghost"
          aria-label={`Delete ${search.name}`}
          onClick={() => setDialog("delete")}
        >
          Delete
        </button>
      </footer>
      {dialog === "share" && <SharesDialog search={search} onClose={close} />}
      {dialog === "edit" && <EditDialog search={search} onClose={close} />}
      {dialog === "delete" && <DeleteDialog search={search} onClose={close} />}
    </section>
  );
}

function Count({ address }: { address: SearchAddress }) {
  const { data, error } = useQuery(countQuery(address));
  if (error) return <p className="small">Cannot be counted: {asProblem(error).message}</p>;
  if (!data) return <p className="muted">Counting…</p>;
  return (
    <p>
      <b>{count(data.passages, "passage")}</b> in <b>{count(data.documents, "document")}</b>
    </p>
  );
}
