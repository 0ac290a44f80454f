import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Combobox } from "../about/Combobox";
import { documentsQuery } from "../about/queries";
import { answer, asProblem, client } from "../api/client";
import { searchOf } from "../saved/describe";
import { savedQuery } from "../saved/queries";
import { asked } from "../search/address";
import { useDebounced } from "../ui/useDebounced";
import { count } from "../ui/words";
import { ChosenList } from "./ChosenList";

export interface Chosen {
  id: string;
  title: string;
}

interface Props {
  chosen: Chosen[];
  onChange: (chosen: Chosen[]) => void;
}

/** How many documents of a search are taken at most. */
const most = 100;

/** The documents of a round: one by one by their names, or all that a saved search finds. */
export function DocumentsField({ chosen, onChange }: Props) {
  const [text, setText] = useState("");
  const [said, setSaid] = useState("");
  const typed = text.trim();
  const still = useDebounced(typed, 150);
  const { data } = useQuery({ ...documentsQuery(still), enabled: still !== "" });
  const saved = useQuery(savedQuery);
  const add = (more: Chosen[]) => {
    const fresh = more.filter((one) => !chosen.some((other) => other.id === one.id));
    onChange([...chosen, ...fresh]);
    setSaid(`${count(fresh.length, "document")} added`);
  };
  const options =
    typed === "" || still !== typed || !data
      ? []
      : data
          .filter((one) => !chosen.some((other) => other.id === one.id))
          .map(({ id, title, shortTitle, year }) => ({
            key: id,
            label: shortTitle || title,
            detail: [year || "", id].filter(Boolean).join(" · "),
          }));
  const takeSearch = async (id: string) => {
    const search = saved.data?.searches.find((one) => one.id === id);
    if (!search) return;
    try {
      const query = { ...asked(searchOf(search.address)), page: 1, size: most, hits: 1, facets: false };
      const { groups } = await answer(client.GET("/api/search", { params: { query } }));
      add(groups.map(({ document }) => ({ id: document.id, title: document.shortTitle || document.title })));
    } catch (error) {
      setSaid(asProblem(error).message);
    }
  };
  return (
    <fieldset className="part">
      <legend>Documents</legend>
      <div className="field">
        <Combobox
          label="Add a document"
          text={text}
          onText={setText}
          options={options}
          onTake={({ key, label }) => {
            setText("");
            add([{ id: key, title: label }]);
          }}
          said={count(options.length, "document")}
          placeholder="A document of the library"
        />
      </div>
      {(saved.data?.searches.length ?? 0) > 0 && (
        <label className="field">
          Or all that a saved search finds
          <select className="select" value="" onChange={(event) => void takeSearch(event.target.value)}>
            <option value="">Choose a saved search</option>
            {saved.data?.searches.map((search) => (
              <option key={search.id} value={search.id}>
                {search.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <p className="small" role="status">
        {said || `${count(chosen.length, "document")} chosen`}
      </p>
      <ChosenList
        chosen={chosen.map(({ id, title }) => ({ key: id, label: title }))}
        onLeaveOut={(id, title) => {
          onChange(chosen.filter((one) => one.id !== id));
          setSaid(`${title} left out`);
        }}
      />
    </fieldset>
  );
}
