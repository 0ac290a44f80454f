import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { answer, asProblem, client, type Schemas } from "../api/client";
import { Chip } from "../ui/Chip";
import { Dialog } from "../ui/Dialog";
import { ProblemNotice } from "../ui/ProblemNotice";
import { Wording } from "../ui/Wording";
import { moment, sentence } from "../ui/words";
import type { Annotation } from "./edition";
import { Note } from "./note";
import { wordDifference } from "./wordDifference";

type Event = Schemas["Events"]["events"][number];

interface Props {
  annotation: Annotation;
  onClose: () => void;
  /** It was put back to what it was. */
  onRestored: (root: string) => void;
  say: (text: string) => void;
}

/** What was done to an annotation, by whom and when, and the way back to each state. */
export default function HistoryDialog({ annotation, onClose, onRestored, say }: Props) {
  const { data, error, refetch } = useQuery({
    queryKey: ["history", annotation.id, annotation.number],
    queryFn: ({ signal }) =>
      answer(
        client.GET("/api/annotations/{annotation}/history", {
          params: { path: { annotation: annotation.id } },
          signal,
        }),
      ),
    staleTime: 0,
  });
  const [problem, setProblem] = useState("");
  const restore = async (event: Event) => {
    try {
      await putBack(annotation, event.annotation);
      say(`The annotation is as it was on ${moment(event.at)}`);
      onClose();
      onRestored(annotation.root);
    } catch (fault) {
      setProblem(asProblem(fault).message);
    }
  };
  const events = data?.events ?? [];
  const now = events.at(-1);
  return (
    <Dialog title="History of the annotation" onClose={onClose}>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {!data && !error && (
        <p className="muted" role="status">
          Loading…
        </p>
      )}
      {problem && (
        <p className="notice err" role="alert">
          {problem}
        </p>
      )}
      <ol className="past">
        {events
          .map((event, index) => (
            <li key={event.number}>
              <p className="small">
                <b>{event.who.name}</b> {deeds[event.deed]} it · <time>{moment(event.at)}</time>
              </p>
              <Changes before={events[index - 1]?.annotation} after={event.annotation} deed={event.deed} />
              {annotation.editable && now && !alike(event.annotation, now.annotation) && (
                <button type="button" className="link small" onClick={() => void restore(event)}>
                  Put back to this
                </button>
              )}
            </li>
          ))
          .reverse()}
      </ol>
    </Dialog>
  );
}

const deeds = { create: "made", update: "changed", delete: "deleted", restore: "brought back" };

/** Gives the annotation the content and the place of an earlier state. */
async function putBack(annotation: Annotation, earlier: Annotation): Promise<void> {
  const { concepts, note, absent = false, visibility, group, target, more = [] } = earlier;
  const targets = [target, ...more]
    .filter(({ end }) => end > 0)
    .map(({ start, end, exact }) => ({ start, end, exact }));
  const body = {
    ...{ concepts: concepts.map(({ id }) => id), note, absent, visibility, group, number: annotation.number },
    ...(targets.length > 0 && !earlier.replyTo && { targets }),
  };
  const path = { annotation: annotation.id };
  await answer(client.PATCH("/api/annotations/{annotation}", { params: { path }, body }));
}

function content({ concepts, note, absent, visibility, group, target, more }: Annotation) {
  const stretches = [target, ...(more ?? [])].map(({ start, end }) => [start, end]);
  return {
    concepts: concepts.map(({ id }) => id),
    note,
    absent: absent ?? false,
    visibility,
    group,
    stretches,
  };
}

function alike(a: Annotation, b: Annotation): boolean {
  return JSON.stringify(content(a)) === JSON.stringify(content(b));
}

interface ChangesProps {
  before: Annotation | undefined;
  after: Annotation;
  deed: Event["deed"];
}

/** What is different from the state before; all of it for the first one. */
function Changes({ before, after, deed }: ChangesProps) {
  if (deed === "delete" || deed === "restore") return null;
  if (!before) {
    return (
      <>
        <Chips all={after.concepts} />
        {after.note && <Note text={after.note} />}
      </>
    );
  }
  const gone = before.concepts.filter(({ id }) => !after.concepts.some((one) => one.id === id));
  const come = after.concepts.filter(({ id }) => !before.concepts.some((one) => one.id === id));
  const words = (one: Annotation) => [one.target, ...(one.more ?? [])].map(({ exact }) => exact).join(" … ");
  const facts = [
    before.visibility !== after.visibility && `${before.visibility} before, ${after.visibility} since`,
    before.group !== after.group && after.group && "for another group",
    (before.absent ?? false) !== (after.absent ?? false) &&
      (after.absent ? "now says that there is nothing" : "no longer says that there is nothing"),
  ].filter((fact): fact is string => Boolean(fact));
  return (
    <>
      {come.length > 0 && <Chips name="Put on" all={come} />}
      {gone.length > 0 && <Chips name="Taken off" all={gone} />}
      {before.note !== after.note && <Wording pieces={wordDifference(before.note, after.note)} />}
      {words(before) !== words(after) && (
        <div className="small">
          <span className="muted">Its words:</span>
          <Wording pieces={wordDifference(words(before), words(after))} />
        </div>
      )}
      {facts.map((fact) => (
        <p key={fact} className="small muted">
          {sentence(fact)}
        </p>
      ))}
    </>
  );
}

function Chips({ name, all }: { name?: string; all: Schemas["ConceptRef"][] }) {
  return (
    <p className="row small">
      {name && <span className="muted">{name}:</span>}
      {all.map((concept) => (
        <Chip key={concept.id} family={concept.family}>
          {concept.label}
        </Chip>
      ))}
    </p>
  );
}
