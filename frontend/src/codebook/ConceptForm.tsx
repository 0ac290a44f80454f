import { useState } from "react";
import { answer, client } from "../api/client";
import { DeedDialog } from "../ui/DeedDialog";
import { BroaderSelect } from "./BroaderSelect";
import type { Concept } from "./queries";

interface Props {
  /** The concept to change; without one a new one is made. */
  concept?: Concept;
  codebook: string;
  concepts: Concept[];
  /** Where a new one begins. */
  broader?: string;
  onClose: () => void;
  onDone: (text: string, operation: string, concept: string) => void;
}

/** Adds a concept, or changes what one is called, means and looks like. */
export function ConceptForm({ concept, codebook, concepts, broader = "", onClose, onDone }: Props) {
  const [label, setLabel] = useState(concept?.label ?? "");
  const [aliases, setAliases] = useState(concept?.aliases.join("\n") ?? "");
  const [definition, setDefinition] = useState(concept?.definition ?? "");
  const [include, setInclude] = useState(concept?.include ?? "");
  const [exclude, setExclude] = useState(concept?.exclude ?? "");
  const [above, setAbove] = useState(concept?.broader ?? broader);
  const [family, setFamily] = useState(concept?.family ?? 0);
  const write = () => {
    const said = { label, definition, include, exclude, broader: above, aliases: aliases.split("\n") };
    if (!concept) {
      const body = { ...said, codebook, family: family || undefined };
      return answer(client.POST("/api/concepts", { body }));
    }
    const body = {
      ...said,
      family: family === concept.family ? undefined : family,
      revision: concept.revision,
    };
    return answer(
      client.PATCH("/api/concepts/{concept}", { params: { path: { concept: concept.id } }, body }),
    );
  };
  const act = async () => {
    const saved = await write();
    const added = saved.status === "proposed" ? "Proposed" : "Added";
    onDone(`${concept ? "Changed" : added}: ${saved.label}`, saved.operation, saved.id);
  };
  return (
    <DeedDialog
      title={concept ? `Edit ${concept.label}` : "New concept"}
      button="Save"
      ready={label.trim() !== ""}
      wide
      {...{ act, onClose }}
    >
      <label className="field">
        Label
        <input
          className="input"
          maxLength={200}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
      </label>
      <Text label="Definition" value={definition} onChange={setDefinition} />
      <Text label="Include" value={include} onChange={setInclude} />
      <Text label="Exclude" value={exclude} onChange={setExclude} />
      <Text label="Other names, one on each line" value={aliases} onChange={setAliases} />
      <BroaderSelect label="Below" concepts={concepts} not={concept?.id} value={above} onChange={setAbove} />
      <label className="field">
        Colour
        <select className="select" value={family} onChange={(event) => setFamily(Number(event.target.value))}>
          {!concept && <option value={0}>As what it is below</option>}
          {["Blue", "Green", "Orange", "Violet", "Olive", "Pink", "Grey", "Teal"].map((name, index) => (
            <option key={name} value={index + 1}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </DeedDialog>
  );
}

function Text({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  return (
    <label className="field">
      {label}
      <textarea
        className="input"
        rows={2}
        maxLength={5000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
