import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { savedAddress } from "../search/address";
import { Dialog } from "../ui/Dialog";
import { ProblemNotice } from "../ui/ProblemNotice";
import { searchOf } from "./describe";
import { NameFields } from "./NameFields";
import { type SavedSearch, savedKey } from "./queries";

/** Changes the name, the description and the query of a saved search; its links go on to work. */
export function EditDialog({ search, onClose }: { search: SavedSearch; onClose: () => void }) {
  const cache = useQueryClient();
  const address = searchOf(search.address);
  const [name, setName] = useState(search.name);
  const [description, setDescription] = useState(search.description);
  const [q, setQ] = useState(address.q ?? "");
  const save = useMutation({
    mutationFn: () =>
      answer(
        client.PUT("/api/searches/{search}", {
          params: { path: { search: search.id } },
          body: {
            name: name.trim(),
            description: description.trim(),
            address: savedAddress({ ...address, q: q.trim() || undefined }),
          },
        }),
      ),
    onSuccess: () => {
      onClose();
      return cache.invalidateQueries({ queryKey: savedKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog title="Edit saved search" onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        {save.error && <ProblemNotice problem={asProblem(save.error)} />}
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
        <p className="row">
          <button type="submit" className="btn pri" disabled={save.isPending || name.trim() === ""}>
            Save
          </button>
          <button type="button" className="btn ghost" onClick={onClose}>
            Cancel
          </button>
        </p>
      </form>
    </Dialog>
  );
}
