import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { Dialog } from "../ui/Dialog";
import { ProblemNotice } from "../ui/ProblemNotice";
import { type Codebook, outdate } from "./queries";

interface Props {
  /** The codebook to change; without one a new one is made. */
  codebook?: Codebook;
  onClose: () => void;
  onDone: (id: string) => void;
}

/** Makes a codebook, or changes what one is called and who looks after it. */
export function CodebookForm({ codebook, onClose, onDone }: Props) {
  const [name, setName] = useState(codebook?.name ?? "");
  const [description, setDescription] = useState(codebook?.description ?? "");
  const [maintainers, setMaintainers] = useState(codebook?.maintainers.join(", ") ?? "");
  const save = useMutation({
    mutationFn: () => {
      if (!codebook) return answer(client.POST("/api/codebooks", { body: { name, description } }));
      const names = maintainers.split(",").map((one) => one.trim());
      return answer(
        client.PATCH("/api/codebooks/{codebook}", {
          params: { path: { codebook: codebook.id } },
          body: { name, description, maintainers: names.filter(Boolean) },
        }),
      );
    },
    onSuccess: async (saved) => {
      await outdate();
      onDone(saved.id);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog title={codebook ? "About this codebook" : "New codebook"} onClose={onClose}>
      <form className="stack" onSubmit={submit}>
        {save.error && <ProblemNotice problem={asProblem(save.error)} />}
        <label className="field">
          Name
          <input
            className="input"
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="field">
          Description
          <textarea
            className="input"
            maxLength={5000}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        </label>
        {codebook && (
          <label className="field">
            Who accepts and changes its concepts beside the editors, by name, with commas between
            <input
              className="input"
              value={maintainers}
              onChange={(event) => setMaintainers(event.target.value)}
            />
          </label>
        )}
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
