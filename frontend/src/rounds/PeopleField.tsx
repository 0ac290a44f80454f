import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Combobox } from "../about/Combobox";
import { useDebounced } from "../ui/useDebounced";
import { count } from "../ui/words";
import { ChosenList } from "./ChosenList";
import { colleaguesQuery } from "./queries";

interface Props {
  label: string;
  /** Names of accounts. */
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** People with an account, chosen by the beginnings of their names. */
export function PeopleField({ label, chosen, onChange }: Props) {
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  const typed = text.trim();
  const still = useDebounced(typed, 150);
  const { data } = useQuery({ ...colleaguesQuery(still), enabled: still !== "" });
  const known = still === typed && typed !== "" ? data?.people : undefined;
  const options = known?.filter(({ name }) => !chosen.includes(name)) ?? [];
  const none = known?.length === 0;
  return (
    <div className="field">
      <Combobox
        label={label}
        text={text}
        onText={setText}
        options={options.map(({ id, name }) => ({ key: id, label: name }))}
        onTake={(one) => {
          setText("");
          setSaid(`${one.label} added`);
          onChange([...chosen, one.label]);
        }}
        said={known ? count(options.length, "person", "people") : ""}
        placeholder="The beginning of a name"
      />
      {none && <p className="small muted">There is no account with such a name.</p>}
      <p className="sr" role="status">
        {said}
      </p>
      <ChosenList
        chosen={chosen.map((name) => ({ key: name, label: name }))}
        onLeaveOut={(name) => {
          onChange(chosen.filter((one) => one !== name));
          setSaid(`${name} left out`);
        }}
      />
    </div>
  );
}
