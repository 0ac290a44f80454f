import { useQueryClient } from "@tanstack/react-query";
import { answer, client } from "../api/client";
import { DeedDialog } from "../ui/DeedDialog";
import { count } from "../ui/words";
import { type SavedSearch, savedKey } from "./queries";

export function DeleteDialog({ search, onClose }: { search: SavedSearch; onClose: () => void }) {
  const cache = useQueryClient();
  const links = search.shares.filter((share) => share.revoked === 0).length;
  const act = async () => {
    await answer(client.DELETE("/api/searches/{search}", { params: { path: { search: search.id } } }));
    void cache.invalidateQueries({ queryKey: savedKey });
  };
  return (
    <DeedDialog
      title="Delete this saved search?"
      button="Delete"
      otherwise="Keep"
      danger
      {...{ act, onClose }}
    >
      <p>
        <b>{search.name}</b> goes for good
        {links > 0 && `, and ${count(links, "link")} to it with a feed will stop working`}. No document and no
        annotation is touched.
      </p>
    </DeedDialog>
  );
}
