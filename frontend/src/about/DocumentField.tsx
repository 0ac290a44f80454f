import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { documentQuery } from "../reader/data";
import { useDebounced } from "../ui/useDebounced";
import { count } from "../ui/words";
import { Combobox } from "./Combobox";
import { documentsQuery } from "./queries";

interface Props {
  label: string;
  /** The id of a document; empty for none. */
  value: string;
  onChange: (value: string) => void;
  /** The document that cannot be chosen. */
  own: string;
}

/** Another document of the library, by its names. */
export function DocumentField({ label, value, onChange, own }: Props) {
  const [text, setText] = useState<string>();
  const typed = text?.trim() ?? "";
  const chosen = useQuery({ ...documentQuery(value), enabled: value !== "" });
  const still = useDebounced(typed, 150);
  const { data } = useQuery({ ...documentsQuery(still), enabled: still !== "" });
  const options =
    typed === "" || still !== typed || !data
      ? []
      : data
          .filter((document) => document.id !== own)
          .map(({ id, title, shortTitle, year }) => ({
            key: id,
            label: shortTitle || title,
            detail: [year || "", id].filter(Boolean).join(" · "),
          }));
  const name = value === "" ? "" : chosen.data ? chosen.data.shortTitle || chosen.data.title : value;
  return (
    <div className="field">
      <Combobox
        label={label}
        text={text ?? name}
        onText={(next) => {
          setText(next);
          if (next.trim() === "") onChange("");
        }}
        options={options}
        onTake={(option) => {
          setText(undefined);
          onChange(option.key);
        }}
        said={count(options.length, "document")}
        placeholder="A document of the library"
      />
      {typed !== "" && typed !== name && (
        <p className="tiny muted">
          Choose one of the list; {value === "" ? "none is chosen" : `“${name}” is chosen`} until then.
        </p>
      )}
    </div>
  );
}
