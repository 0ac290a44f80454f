import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { answer, client } from "../api/client";
import { DeedDialog } from "../ui/DeedDialog";
import { NameFields } from "../ui/NameFields";
import type { GroupSummary } from "./queries";
import { useRefresh } from "./refresh";

interface Props {
  /** The group whose words are changed; a new one is made without it. */
  group?: GroupSummary;
  onClose: () => void;
}

const longest = { name: 100, description: 2000 };

/** The name and the description of a group. */
export function WordsDialog({ group, onClose }: Props) {
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [name, setName] = useState(group?.name ?? "");
  const [description, setDescription] = useState(group?.description ?? "");
  const act = async () => {
    const body = { name: name.trim(), description: description.trim() };
    const saved = await (group
      ? answer(client.PUT("/api/groups/{group}", { params: { path: { group: group.id } }, body }))
      : answer(client.POST("/api/groups", { body })));
    await refresh();
    if (!group) void navigate({ to: "/groups/$group", params: { group: saved.id } });
  };
  return (
    <DeedDialog
      title={group ? "Rename and describe" : "New group"}
      button={group ? "Save" : "Make the group"}
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
    </DeedDialog>
  );
}
