import { Link } from "@tanstack/react-router";
import { count } from "../ui/words";
import type { SearchAddress } from "./address";
import type { Result } from "./queries";

interface Props {
  address: SearchAddress;
  suggestions: Result["suggestions"];
}

/** Queries that were perhaps meant, the likeliest first. */
export function DidYouMean({ address, suggestions }: Props) {
  if (suggestions.length === 0) return null;
  return (
    <p className="meant">
      Did you mean{" "}
      {suggestions.map(({ query, passages }, i) => (
        <span key={query}>
          {i > 0 && (i === suggestions.length - 1 ? " or " : ", ")}
          <Link to="/search" search={{ ...address, q: query, page: undefined }}>
            <b>{query}</b>
          </Link>{" "}
          ({count(passages, "passage")})
        </span>
      ))}
      ?
    </p>
  );
}
