import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "../api/client";
import { conceptsQuery } from "../reader/data";
import { Chip } from "../ui/Chip";
import { ProblemNotice } from "../ui/ProblemNotice";
import { count } from "../ui/words";

interface Props {
  chosen: string[];
  onChange: (chosen: string[]) => void;
}

/** The concepts of the codebook, to tick. */
export function ConceptsField({ chosen, onChange }: Props) {
  const { data, error, refetch } = useQuery(conceptsQuery);
  const [text, setText] = useState("");
  const words = text.trim().toLowerCase();
  const all = [...(data?.concepts ?? [])].sort((a, b) => a.label.localeCompare(b.label));
  const shown = all.filter((concept) => concept.label.toLowerCase().includes(words));
  const turn = (id: string, on: boolean) =>
    onChange(on ? [...chosen, id] : chosen.filter((other) => other !== id));
  return (
    <fieldset className="part">
      <legend>Concepts</legend>
      <p className="small muted">
        What everyone looks for. Other tags may be made, too; they are not compared.
      </p>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      <label className="field">
        <span className="sr">Find a concept</span>
        <input
          className="input"
          type="search"
          placeholder="Find a concept"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <section className="scroll" tabIndex={0} aria-label="Concepts of the codebook">
        <ul className="ticks">
          {shown.map((concept) => (
            <li key={concept.id}>
              <label>
                <input
                  type="checkbox"
                  checked={chosen.includes(concept.id)}
                  onChange={(event) => turn(concept.id, event.target.checked)}
                />{" "}
                <Chip family={concept.family}>{concept.label}</Chip>
              </label>
            </li>
          ))}
        </ul>
      </section>
      <p className="small" role="status">
        {count(chosen.length, "concept")} chosen
        {words !== "" && `, ${count(shown.length, "concept")} shown`}
      </p>
    </fieldset>
  );
}
