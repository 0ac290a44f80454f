import { useSearch } from "@tanstack/react-router";
import { useTitle } from "../ui/useTitle";
import { asksNothing } from "./address";
import { SearchView } from "./SearchView";
import { Start } from "./Start";

export default function SearchScreen() {
  const address = useSearch({ strict: false, select: (found) => found as import("./address").SearchAddress });
  const nothing = asksNothing(address);
  useTitle(address.q ? `Search: ${address.q}` : nothing ? "" : "Search");
  return nothing ? <Start /> : <SearchView address={address} />;
}
