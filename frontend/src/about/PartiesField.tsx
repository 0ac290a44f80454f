import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Schemas } from "../api/client";
import { useDebounced } from "../ui/useDebounced";
import { count } from "../ui/words";
import { Combobox, type Option } from "./Combobox";
import { partiesQuery } from "./queries";

interface Props {
  /** Codes, or names that are not on the list. */
  value: string[];
  onChange: (value: string[]) => void;
  /** What is known of those that the document has. */
  known: Schemas["Metadata"]["parties"];
}

type Party = { name: string; recognised: boolean };

/** Who the parties are: from the list of states and organisations, or as they are written. */
export function PartiesField({ value, onChange, known }: Props) {
  const [text, setText] = useState("");
  const [taken, setTaken] = useState<Record<string, Party>>({});
  const [told, setTold] = useState("");
  const typed = text.trim().replace(/\s+/g, " ");
  const still = useDebounced(typed, 100);
  const { data } = useQuery({ ...partiesQuery(still), enabled: still !== "" });
  // Enter must never take what was offered for other words.
  const found = still === typed ? data : undefined;
  const listed: Option[] = (found ?? []).map((party) => ({
    key: party.code,
    label: party.name,
    detail: detailOf(party),
  }));
  const named = found?.some((party) =>
    [party.code, party.name, ...party.aliases].some((name) => name.toLowerCase() === typed.toLowerCase()),
  );
  const unlisted = { key: "", label: `“${typed}” as it is written`, detail: "not on the list" };
  const options = typed === "" || !found ? [] : named ? listed : [...listed, unlisted];
  const add = (option: Option) => {
    const code = option.key || typed;
    const name = option.key ? option.label : typed;
    setTaken({ ...taken, [code]: { name, recognised: option.key !== "" } });
    setText("");
    if (value.includes(code)) return setTold(`${name} is there already`);
    setTold(`${name} added`);
    onChange([...value, code]);
  };
  const partyOf = (code: string): Party =>
    taken[code] ?? known.find((party) => party.value === code) ?? { name: code, recognised: true };
  const remove = (code: string) => {
    setTold(`${partyOf(code).name} removed`);
    onChange(value.filter((other) => other !== code));
  };
  return (
    <fieldset className="parties">
      <legend>Parties {value.length > 0 && <span className="muted">({value.length})</span>}</legend>
      {value.length > 0 && (
        <ul>
          {value.map((code) => (
            <li key={code} className={partyOf(code).recognised ? "party" : "party unknown"}>
              {partyOf(code).name}
              {!partyOf(code).recognised && <span className="tiny"> not recognised</span>}
              <button type="button" aria-label={`Remove ${partyOf(code).name}`} onClick={() => remove(code)}>
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
      <Combobox
        label="Add a party"
        text={text}
        onText={setText}
        options={options}
        onTake={add}
        placeholder="State or organisation, by any of its names"
        said={
          listed.length > 0 ? `${count(listed.length, "party", "parties")} on the list` : "Nobody on the list"
        }
        onKey={(event) => {
          const last = value.at(-1);
          if (event.key === "Backspace" && text === "" && last !== undefined) remove(last);
        }}
      />
      <p className="sr" role="status">
        {told}
      </p>
    </fieldset>
  );
}

function detailOf({ code, kind, until }: Schemas["Party"]): string {
  if (kind === "former") return `${code} · until ${until}`;
  return kind === "state" ? code : `${code} · ${kind}`;
}
