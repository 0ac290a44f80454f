import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, asProblem, client } from "../api/client";
import { Dialog } from "../ui/Dialog";
import { ProblemNotice } from "../ui/ProblemNotice";
import { count } from "../ui/words";
import { type SavedSearch, savedKey } from "./queries";

export function DeleteDialog({ search, onClose }: { search: SavedSearch; onClose: () => void }) {
  const cache = useQueryClient();
  const links = search.shares.filter((share) => share.revoked === 0).length;
  const remove = useMutation({
    mutationFn: () =>
      answer(client.DELETE("/api/searches/{search}", { params: { path: { search: search.id } } })),
    onSuccess: () => {
      onClose();
      return cache.invalidateQueries({ queryKey: savedKey });
    },
  });
  return (
    <Dialog title="Delete this saved search?" onClose={onClose}>
      <div className="stack">
        {remove.error && <ProblemNotice problem={asProblem(remove.error)} />}
        <p>
          <b>{search.name}</b> goes for good
          {links > 0 && `, and ${count(links, "link")} to it with a feed will stop working`}. No document and
          no annotation is touched.
        </p>
        <p className="row">
          <button
            type="button"
            className="btn danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate()}
          >
            Delete
          </button>
          <button type="button" className="btn" onClick={onClose}>
            Keep
          </button>
        </p>
      </div>
    </Dialog>
  );
}
