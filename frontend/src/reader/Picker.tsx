import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type Ref, useId, useState } from "react";
import type { Schemas } from "../api/client";
import { Chip } from "../ui/Chip";
import { number } from "../ui/words";
import { codebooksQuery, conceptsQuery } from "./data";

type ConceptRef = Schemas["ConceptRef"];

interface Props {
  chosen: ConceptRef[];
  onChoose: (concepts: ConceptRef[]) => void;
  /** Makes a concept of the label and chooses it. */
  propose: (label: string) => Promise<void>;
  /** Enter, with nothing typed and nothing pointed at. */
  onDone: () => void;
  input: Ref<HTMLInputElement>;
}

/** A concept, with the other name that was typed if it is not the label; or the words of a new one. */
type Option = { concept: Schemas["Concept"]; alias?: string } | { label: string };

const mostOptions = 6;

/** Chooses concepts by typing part of a label; several can be chosen and a new one proposed. */
export function Picker({ chosen, onChoose, propose, onDone, input }: Props) {
  const list = useId();
  const concepts = useQuery(conceptsQuery).data?.concepts ?? [];
  const several = new Set(concepts.map((concept) => concept.codebook)).size > 1;
  const codebooks = useQuery({ ...codebooksQuery, enabled: several }).data?.codebooks;
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [pointed, setPointed] = useState(-1);
  const [problem, setProblem] = useState("");
  const options = optionsFor(text, concepts, chosen);
  const shown = open && options.length > 0;

  const type = (value: string) => {
    setText(value);
    setOpen(true);
    setPointed(value.trim() ? 0 : -1);
    setProblem("");
  };
  const take = async (option: Option | undefined) => {
    if (!option) return;
    // Before the answer, which must not wipe out what is typed meanwhile.
    type("");
    setOpen(false);
    if ("concept" in option) return onChoose([...chosen, option.concept]);
    try {
      await propose(option.label);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setText((typed) => typed || option.label);
    }
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      if (shown && pointed >= 0) void take(options[pointed]);
      else if (!text.trim()) onDone();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      setPointed(
        (at) => (at + step + options.length + (at < 0 && step < 0 ? 1 : 0)) % Math.max(1, options.length),
      );
    } else if (event.key === "Backspace" && text === "" && chosen.length > 0) {
      onChoose(chosen.slice(0, -1));
    }
  };

  return (
    <div className="picker">
      {chosen.length > 0 && (
        <ul className="chips" aria-label="Chosen concepts">
          {chosen.map((concept) => (
            <li key={concept.id}>
              <button
                type="button"
                className={`chip f${concept.family}`}
                aria-label={`Take ${concept.label} off`}
                onClick={() => onChoose(chosen.filter((one) => one.id !== concept.id))}
              >
                {concept.label} <span aria-hidden="true">✕</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="in">
        <span aria-hidden="true">⌕</span>
        <input
          ref={input}
          role="combobox"
          aria-label="Concepts"
          aria-expanded={shown}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={shown && pointed >= 0 ? `${list}-${pointed}` : undefined}
          aria-describedby={problem ? `${list}-problem` : undefined}
          autoComplete="off"
          maxLength={200}
          placeholder={chosen.length > 0 ? "Another concept" : "Concept"}
          value={text}
          onChange={(event) => type(event.target.value)}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={onKey}
        />
        <span className="kbd" aria-hidden="true">
          esc
        </span>
      </div>
      {problem && (
        <p id={`${list}-problem`} className="problem" role="alert">
          {problem}
        </p>
      )}
      <div id={list} role="listbox" aria-label="Concepts of the codebook" hidden={!shown}>
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the option
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field
          <div
            key={"concept" in option ? option.concept.id : "new"}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === pointed}
            onPointerDown={(event) => event.preventDefault()}
            onPointerMove={() => setPointed(index)}
            onClick={() => void take(option)}
          >
            {"concept" in option ? (
              <>
                <Chip family={option.concept.family}>{option.concept.label}</Chip>
                {option.alias && <span className="tiny muted">{option.alias}</span>}
                {several && (
                  <span className="tiny muted">
                    {codebooks?.find(({ id }) => id === option.concept.codebook)?.name}
                  </span>
                )}
                <span className="tiny muted">used {number(option.concept.used)}×</span>
              </>
            ) : (
              <span className="muted">Propose new concept “{option.label}”</span>
            )}
            {index === pointed && (
              <span className="kbd" aria-hidden="true">
                ↵
              </span>
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

/**
 * The concepts whose label or another name holds the words, those that begin with them first; then the words themselves
 * as a new one. Nothing more is tagged with a deprecated one.
 */
export function optionsFor(text: string, concepts: Schemas["Concept"][], chosen: ConceptRef[]): Option[] {
  const wanted = normal(text);
  const found = concepts
    .filter(({ id, status }) => status !== "deprecated" && !chosen.some((one) => one.id === id))
    .flatMap((concept): { concept: Schemas["Concept"]; at: number; alias?: string }[] => {
      const at = (name: string) => normal(name).indexOf(wanted);
      if (at(concept.label) >= 0) return [{ concept, at: at(concept.label) }];
      const alias = concept.aliases.find((name) => at(name) >= 0);
      return alias === undefined ? [] : [{ concept, at: at(alias), alias }];
    })
    .sort((a, b) => Number(a.at > 0) - Number(b.at > 0) || b.concept.used - a.concept.used);
  const options: Option[] = found.slice(0, mostOptions).map(({ concept, alias }) => ({ concept, alias }));
  const known = concepts.some(({ label, aliases }) =>
    [label, ...aliases].some((name) => normal(name) === wanted),
  );
  if (wanted !== "" && !known) options.push({ label: text.trim().replace(/\s+/g, " ") });
  return options;
}

function normal(label: string): string {
  return label.trim().replace(/\s+/g, " ").toLowerCase();
}
