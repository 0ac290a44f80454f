import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, client } from "../api/client";
import { savedAddress } from "../search/address";
import { DeedDialog } from "../ui/DeedDialog";
import { NameFields } from "../ui/NameFields";
import { searchOf } from "./describe";
import { type SavedSearch, savedKey } from "./queries";

/** Changes the name, the description and the query of a saved search; its links go on to work. */
export function EditDialog({ search, onClose }: { search: SavedSearch; onClose: () => void }) {
  const cache = useQueryClient();
  const address = searchOf(search.address);
  const [name, setName] = useState(search.name);
  const [description, setDescription] = useState(search.description);
  const [q, setQ] = useState(address.q ?? "");
  const act = async () => {
    await answer(
      client.PUT("/api/searches/{search}", {
        params: { path: { search: search.id } },
        body: {
          name: name.trim(),
          description: description.trim(),
          address: savedAddress({ ...address, q: q.trim() || undefined }),
        },
      }),
    );
    void cache.invalidateQueries({ queryKey: savedKey });
  };
  return (
    <DeedDialog title="Edit saved search" button="Save" ready={name.trim() !== ""} {...{ act, onClose }}>
      <NameFields name={name} onName={setName} description={description} onDescription={setDescription} />
      <label className="field">
        Query
        <input
          className="input mono"
          spellCheck={false}
          autoCapitalize="off"
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
      </label>
    </DeedDialog>
  );
}
