import { useNavigate } from "@tanstack/react-router";
import { type LineSort, ordersOf, type SearchAddress, type Sort } from "./address";
import { orderNames } from "./orders";

/** The order of what is shown. */
export function SortSelect({ address }: { address: SearchAddress }) {
  const navigate = useNavigate();
  const orders = ordersOf(address.view);
  const first = orders[0];
  const sort = (value: string) => {
    const chosen = value === first ? undefined : (value as Sort | LineSort);
    void navigate({ to: "/search", search: { ...address, sort: chosen, page: undefined } });
  };
  return (
    <label>
      <span className="sr">{address.view === "concordance" ? "Sort" : "Order of the documents"}</span>
      <select className="select" value={address.sort ?? first} onChange={(event) => sort(event.target.value)}>
        {orders.map((order) => (
          <option key={order} value={order}>
            {orderNames[order]}
          </option>
        ))}
      </select>
    </label>
  );
}
