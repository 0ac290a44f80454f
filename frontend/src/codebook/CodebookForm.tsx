import { useState } from "react";
import { answer, client } from "../api/client";
import { PeopleField } from "../rounds/PeopleField";
import { DeedDialog } from "../ui/DeedDialog";
import { NameFields } from "../ui/NameFields";
import { type Codebook, outdate } from "./queries";

interface Props {
  /** The codebook to change; without one a new one is made. */
  codebook?: Codebook;
  onClose: () => void;
  onDone: (id: string) => void;
}

const longest = { name: 200, description: 5000 };

/** Makes a codebook, or changes what one is called and who looks after it. */
export function CodebookForm({ codebook, onClose, onDone }: Props) {
  const [name, setName] = useState(codebook?.name ?? "");
  const [description, setDescription] = useState(codebook?.description ?? "");
  const [maintainers, setMaintainers] = useState(codebook?.maintainers ?? []);
  const act = async () => {
    const saved = await (codebook
      ? answer(
          client.PATCH("/api/codebooks/{codebook}", {
            params: { path: { codebook: codebook.id } },
            body: { name, description, maintainers },
          }),
        )
      : answer(client.POST("/api/codebooks", { body: { name, description } })));
    await outdate();
    onDone(saved.id);
  };
  return (
    <DeedDialog
      title={codebook ? "About this codebook" : "New codebook"}
      button="Save"
      ready={name.trim() !== ""}
      {...{ act, onClose }}
    >
      <NameFields
        name={name}
        onName={setName}
        description={description}
        onDescription={setDescription}
        most={longest}
      />
      {codebook && (
        <PeopleField
          label="Who accepts and changes its concepts beside the editors"
          chosen={maintainers}
          onChange={setMaintainers}
        />
      )}
    </DeedDialog>
  );
}
