import { Link } from "@tanstack/react-router";
import type { SearchAddress } from "./address";

/** The synonyms that were searched beside what was typed, and the way to do without them or back. */
export function AlsoSearched({ address, synonyms }: { address: SearchAddress; synonyms: string[] }) {
  if (address.synonyms === false) {
    return (
      <p className="small muted">
        Only what you typed was searched ·{" "}
        <Link to="/search" search={{ ...address, synonyms: undefined, page: undefined }}>
          search synonyms too
        </Link>
      </p>
    );
  }
  if (synonyms.length === 0) return null;
  return (
    <p className="small muted">
      Also searched: <b>{synonyms.join(", ")}</b> ·{" "}
      <Link to="/search" search={{ ...address, synonyms: false, page: undefined }}>
        search only what I typed
      </Link>{" "}
      · <Link to="/synonyms">all synonyms</Link>
    </p>
  );
}
