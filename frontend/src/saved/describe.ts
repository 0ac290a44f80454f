import { readParams } from "../app/address";
import { manifold, readSearch, type SearchAddress } from "../search/address";
import { facetNames, inWords, versionNames } from "../search/facetNames";
import { orderNames } from "../search/orders";

/** The search that a saved address stands for. */
export function searchOf(address: string): SearchAddress {
  return readSearch(readParams(address));
}

/** The filters, the view and the order of a search in words; "" when there are none. */
export function filtersInWords(search: SearchAddress): string {
  const words = manifold.flatMap((name) => {
    const shown = (search[name] ?? []).map((value) => inWords(name, value));
    return shown.length > 0 ? [`${facetNames[name]}: ${shown.join(" or ")}`] : [];
  });
  if (search.year) words.push(`Year: ${search.year.replace("..", "–")}`);
  if (search.in) words.push(`In: ${search.in}`);
  if (search.version) words.push(`Versions: ${versionNames[search.version]}`);
  if (search.view) words.push(search.view);
  if (search.sort) words.push(orderNames[search.sort].toLowerCase());
  return words.filter(Boolean).join(" · ");
}
