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
import { count } from "../ui/words";
import { proposeConcept } from "./data";
import type { Annotation } from "./edition";
import { Picker } from "./Picker";
import { recentConcepts } from "./recent";

/** An annotation that is being written: a new one, or an edit of one. */
export interface Draft {
  /** What of the text it is about, in the order of the text; none for a reply or a note on the whole document. */
  spans: Span[];
  editing?: Annotation;
  /** Id of the annotation that is answered, and of the thread that it is in. */
  replyTo?: string;
  answering?: string;
  /** Whether it is about the document as a whole, and whether to say that it has nothing on something. */
  whole?: boolean;
  absent?: boolean;
  /** Which of the stretches is being placed anew, and nothing else written. */
  adjusting?: number;
  /** Whether what is selected next is a further stretch. */
  adding?: boolean;
  /** Whether the stretches of the edited annotation are others now. */
  moved?: boolean;
  /** Where the writing begins; nowhere after a selection by pointer, so that it can still be copied. */
  focus: "concepts" | "note" | "nowhere";
}

/** Id of the thread that is answered, or of which an answer is edited; undefined without one. */
export function threadOf(draft: Draft | null): string | undefined {
  return draft?.replyTo ? draft.answering : draft?.editing?.replyTo && draft.editing.root;
}

export interface Content {
  concepts: Schemas["ConceptRef"][];
  note: string;
  /** Whether the document, read in full, has nothing on the concepts. */
  absent: boolean;
  visibility: Annotation["visibility"];
  group?: string;
}

interface Props {
  draft: Draft;
  /** The words that are annotated. */
  words: string;
  save: (content: Content) => Promise<void>;
  onCancel: () => void;
  /** Takes the next selection as a further stretch, or no longer; missing where there can be none. */
  onAdd?: (adding: boolean) => void;
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

function ComposerForm({ draft, words, save, onCancel, onAdd, written }: Props) {
  const session = useSession();
  const { round } = useRound();
  const [content, setContent] = useState<Content>(() =>
    contentOf(draft, session?.defaults ?? { visibility: "private" }),
  );
  const [saving, setSaving] = useState(false);
  /** How many new concepts are being made, and whether to save as soon as they are. */
  const [making, setMaking] = useState(0);
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState("");
  const picker = useRef<HTMLInputElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a further stretch comes with its own place for the focus
  useEffect(() => {
    if (draft.focus === "concepts") picker.current?.focus({ preventScroll: true });
    if (draft.focus === "note") note.current?.focus({ preventScroll: true });
  }, [draft.focus, draft.spans]);
  const reply = draft.replyTo !== undefined || draft.editing?.replyTo !== undefined;
  const whole = draft.whole === true;
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
    if (empty) return setProblem(reply ? "Write something." : "Choose a concept or write a note.");
    if (content.absent && content.concepts.length === 0) {
      return setProblem("Choose what the document has nothing on.");
    }
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
    <form className="composer" aria-label={nameOf(draft)} onSubmit={submit} onKeyDown={onKey}>
      {words && (
        <p className="quote" title={words}>
          <q>{words}</q>
        </p>
      )}
      {onAdd && (
        <p className="stretches">
          {draft.spans.length > 1 && (
            <span className="muted">{count(draft.spans.length, "stretch", "stretches")}</span>
          )}
          <button
            type="button"
            className="link"
            aria-pressed={draft.adding === true}
            onClick={() => onAdd(!draft.adding)}
          >
            {draft.adding ? "Select the further stretch in the text…" : "Add another stretch"}
          </button>
        </p>
      )}
      {draft.focus === "nowhere" && empty && !reply && !whole && (
        <Recent onChoose={(concept) => change({ concepts: [concept] })} />
      )}
      {!reply && (
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
      )}
      {whole && (
        <label className="absent">
          <input
            type="checkbox"
            checked={content.absent}
            onChange={(event) => change({ absent: event.target.checked })}
          />
          Read in full: nothing here on these concepts
        </label>
      )}
      <textarea
        ref={note}
        aria-label={reply ? "Reply" : "Note"}
        placeholder={reply ? "Reply (Markdown)" : "Note (Markdown)"}
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
          !draft.replyTo && (
            <AudienceSelect
              label="Who can see it"
              value={content}
              onChange={({ visibility, group }) => change({ visibility, group })}
            />
          )
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

function nameOf({ editing, replyTo, whole }: Draft): string {
  if (editing) return "Edit the annotation";
  if (replyTo) return "Reply";
  return whole ? "Annotate the document" : "Annotate";
}

function contentOf({ editing: before, absent = false }: Draft, defaults: Audience): Content {
  if (!before) return { concepts: [], note: "", absent, ...defaults };
  const { concepts, note, visibility, group } = before;
  return { concepts, note, absent: before.absent ?? false, visibility, group };
}
