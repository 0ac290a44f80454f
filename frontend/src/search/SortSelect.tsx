import { useNavigate } from "@tanstack/react-router";
import type { LineSort, SearchAddress, Sort } from "./address";

const ofPassages: Record<Sort, string> = {
  relevance: "Most relevant first",
  newest: "Newest first",
  oldest: "Oldest first",
  title: "By title",
};

const ofLines: Record<LineSort, string> = {
  document: "By document",
  left: "By the words to the left",
  right: "By the words to the right",
  organisation: "By organisation",
  year: "By year",
};

/** The order of what is shown. */
export function SortSelect({ address }: { address: SearchAddress }) {
  const navigate = useNavigate();
  const [label, names, first] = address.view
    ? (["Sort", ofLines, "document"] as const)
    : (["Order of the documents", ofPassages, "relevance"] as const);
  const sort = (value: string) => {
    const chosen = value === first ? undefined : (value as Sort | LineSort);
    void navigate({ to: "/search", search: { ...address, sort: chosen, page: undefined } });
  };
  return (
    <label>
      <span className="sr">{label}</span>
      <select className="select" value={address.sort ?? first} onChange={(event) => sort(event.target.value)}>
        {Object.entries(names).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
