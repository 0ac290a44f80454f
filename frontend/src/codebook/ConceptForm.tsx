import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { Dialog } from "../ui/Dialog";
import { ProblemNotice } from "../ui/ProblemNotice";
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
  const save = useMutation({
    mutationFn: () => {
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
    },
    onSuccess: (saved) => {
      onDone(
        concept
          ? `Changed: ${saved.label}`
          : `${saved.status === "proposed" ? "Proposed" : "Added"}: ${saved.label}`,
        saved.operation,
        saved.id,
      );
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Dialog title={concept ? `Edit ${concept.label}` : "New concept"} onClose={onClose} wide>
      <form className="stack" onSubmit={submit}>
        {save.error && <ProblemNotice problem={asProblem(save.error)} />}
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
        <BroaderSelect
          label="Below"
          concepts={concepts}
          not={concept?.id}
          value={above}
          onChange={setAbove}
        />
        <label className="field">
          Colour
          <select
            className="select"
            value={family}
            onChange={(event) => setFamily(Number(event.target.value))}
          >
            {!concept && <option value={0}>As what it is below</option>}
            {["Blue", "Green", "Orange", "Violet", "Olive", "Pink", "Grey", "Teal"].map((name, index) => (
              <option key={name} value={index + 1}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <p className="row">
          <button type="submit" className="btn pri" disabled={save.isPending || label.trim() === ""}>
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
