import { Link, useRouterState } from "@tanstack/react-router";
import {
  type FormEvent,
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useEffect,
  useRef,
  useState,
} from "react";
import { useSession } from "../account/session";
import type { Span } from "../anchor/offsets";
import type { Schemas } from "../api/client";
import { AudienceSelect } from "../groups/AudienceSelect";
import type { Audience } from "../groups/audience";
import { useRound } from "../rounds/coding";
import { proposeConcept } from "./data";
import type { Annotation } from "./edition";
import { Picker } from "./Picker";
import { recentConcepts } from "./recent";

/** An annotation that is being written: a new one on a span, or an edit of one. */
export interface Draft {
  span: Span;
  editing?: Annotation;
  /** Where the writing begins; nowhere after a selection by pointer, so that it can still be copied. */
  focus: "concepts" | "note" | "nowhere";
}

export interface Content {
  concepts: Schemas["ConceptRef"][];
  note: string;
  visibility: Annotation["visibility"];
  /** id of the group, if it is for one */
  group?: string;
}

interface Props {
  draft: Draft;
  /** The words that are annotated. */
  words: string;
  save: (content: Content) => Promise<void>;
  onCancel: () => void;
  /** Set to whether there is anything written that would be lost. */
  written: RefObject<boolean>;
}

export function Composer(props: Props) {
  const session = useSession();
  const href = useRouterState({ select: (state) => state.location.href });
  if (session && !session.signedIn) {
    return (
      <section className="composer stranger" aria-label="Annotate">
        <p>
          <Link to="/signin" search={{ return: href }}>
            Sign in to annotate
          </Link>{" "}
          and come back to this place.
        </p>
        <button type="button" className="btn ghost" onClick={props.onCancel}>
          Not now
        </button>
      </section>
    );
  }
  return <ComposerForm {...props} />;
}

function ComposerForm({ draft, words, save, onCancel, written }: Props) {
  const session = useSession();
  const [content, setContent] = useState<Content>(() =>
    contentOf(draft.editing, session?.defaults ?? { visibility: "private" }),
  );
  const { round } = useRound();
  const [saving, setSaving] = useState(false);
  /** How many new concepts are being made, and whether to save as soon as they are. */
  const [making, setMaking] = useState(0);
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState("");
  const picker = useRef<HTMLInputElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (draft.focus === "concepts") picker.current?.focus({ preventScroll: true });
    if (draft.focus === "note") note.current?.focus({ preventScroll: true });
  }, [draft.focus]);
  const empty = content.concepts.length === 0 && content.note.trim() === "";
  useEffect(() => {
    written.current = !empty;
    return () => {
      written.current = false;
    };
  }, [empty, written]);

  const change = (part: Partial<Content>) => setContent((before) => ({ ...before, ...part }));
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    if (saving) return;
    if (making > 0) return setWaiting(true);
    const typed = picker.current?.value.trim();
    if (typed)
      return setProblem(
        `“${typed}” is not yet a concept of this annotation: choose it with Enter, or clear it.`,
      );
    if (empty) return setProblem("Choose a concept or write a note.");
    setSaving(true);
    try {
      await save(content);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      setSaving(false);
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the last concept is made
  useEffect(() => {
    if (!waiting || making > 0) return;
    setWaiting(false);
    void submit();
  }, [waiting, making]);
  const propose = async (label: string) => {
    setMaking((before) => before + 1);
    try {
      const concept = await proposeConcept(label);
      setContent((before) => ({
        ...before,
        concepts: [...before.concepts.filter((one) => one.id !== concept.id), concept],
      }));
      setProblem("");
    } catch (error) {
      setWaiting(false);
      throw error;
    } finally {
      setMaking((before) => before - 1);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onCancel();
    } else if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      void submit();
    }
  };

  return (
    <form
      className="composer"
      aria-label={draft.editing ? "Edit the annotation" : "Annotate"}
      onSubmit={submit}
      onKeyDown={onKey}
    >
      <p className="quote" title={words}>
        <q>{words}</q>
      </p>
      {draft.focus === "nowhere" && empty && (
        <Recent onChoose={(concept) => change({ concepts: [concept] })} />
      )}
      <Picker
        chosen={content.concepts}
        onChoose={(concepts) => {
          change({ concepts });
          setProblem("");
        }}
        propose={propose}
        onDone={() => void submit()}
        input={picker}
      />
      <textarea
        ref={note}
        aria-label="Note"
        placeholder="Note (Markdown)"
        rows={2}
        maxLength={50000}
        value={content.note}
        onChange={(event) => {
          change({ note: event.target.value });
          setProblem("");
        }}
      />
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="foot">
        {round && !draft.editing ? (
          <span className="small muted">Round: {round.name}</span>
        ) : (
          <AudienceSelect
            label="Who can see it"
            value={content}
            onChange={({ visibility, group }) => change({ visibility, group })}
          />
        )}
        <span className="grow" />
        <button type="button" className="btn ghost" onMouseDown={keepFocus} onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="btn pri" onMouseDown={keepFocus} disabled={saving || waiting}>
          Save
        </button>
      </div>
    </form>
  );
}

/** The concepts last used, with the keys that tag with them at once. */
function Recent({ onChoose }: { onChoose: (concept: Schemas["ConceptRef"]) => void }) {
  const [recent] = useState(recentConcepts);
  if (recent.length === 0) return null;
  return (
    <ul className="chips recent" aria-label="Concepts last used">
      {recent.map((concept, index) => (
        <li key={concept.id}>
          <button type="button" className={`chip f${concept.family}`} onClick={() => onChoose(concept)}>
            {concept.label} <kbd className="kbd">{index + 1}</kbd>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The list of concepts closes when the focus leaves it, and would move the button away under the mouse. */
function keepFocus(event: MouseEvent) {
  event.preventDefault();
}

function contentOf(annotation: Annotation | undefined, defaults: Audience): Content {
  if (!annotation) return { concepts: [], note: "", ...defaults };
  const { concepts, note, visibility, group } = annotation;
  return { concepts, note, visibility, group };
}
