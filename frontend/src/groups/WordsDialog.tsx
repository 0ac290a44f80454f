import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { Dialog } from "../ui/Dialog";
import { ProblemNotice } from "../ui/ProblemNotice";
import type { GroupSummary } from "./queries";
import { useRefresh } from "./refresh";

interface Props {
  /** The group whose words are changed; a new one is made without it. */
  group?: GroupSummary;
  onClose: () => void;
}

/** The name and the description of a group. */
export function WordsDialog({ group, onClose }: Props) {
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [name, setName] = useState(group?.name ?? "");
  const [description, setDescription] = useState(group?.description ?? "");
  const save = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), description: description.trim() };
      return group
        ? answer(client.PUT("/api/groups/{group}", { params: { path: { group: group.id } }, body }))
        : answer(client.POST("/api/groups", { body }));
    },
    onSuccess: async (saved) => {
      await refresh();
      onClose();
      if (!group) void navigate({ to: "/groups/$group", params: { group: saved.id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog title={group ? "Rename and describe" : "New group"} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        {save.error && <ProblemNotice problem={asProblem(save.error)} />}
        <label className="field">
          Name
          <input
            className="input"
            required
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="field">
          Description (may be left out)
          <textarea
            className="input"
            maxLength={2000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        </label>
        <p className="row">
          <button type="submit" className="btn pri" disabled={save.isPending || name.trim() === ""}>
            {group ? "Save" : "Make the group"}
          </button>
          <button type="button" className="btn ghost" onClick={onClose}>
            Cancel
          </button>
        </p>
      </form>
    </Dialog>
  );
}
