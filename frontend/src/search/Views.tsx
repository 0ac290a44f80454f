import { Link } from "@tanstack/react-router";
import { inView, type SearchAddress } from "./address";

const views = [
  { name: "Passages", view: undefined },
  { name: "Concordance", view: "concordance" },
  { name: "Agreements", view: "agreements" },
] as const;

/** What was found, as passages, as a concordance or as agreements. */
export function Views({ address }: { address: SearchAddress }) {
  return (
    <nav className="views" aria-label="View">
      {views.map(({ name, view }) => (
        <Link
          key={name}
          to="/search"
          search={inView(address, view)}
          activeOptions={{ exact: true }}
          aria-current={address.view === view ? "page" : undefined}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}
