import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link, useNavigate } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useSession } from "../account/session";
import { asProblem, type Schemas } from "../api/client";
import { AudienceSelect } from "../groups/AudienceSelect";
import type { Audience } from "../groups/audience";
import { useStatus } from "../reader/status";
import { Chip } from "../ui/Chip";
import { useKeys } from "../ui/keys";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { count } from "../ui/words";
import { accept, reject, type Suggestion, suggestionsQuery, type Undo } from "./data";
import { SuggestionItem } from "./Suggestion";
import "./suggestions.css";

const route = getRouteApi("/suggestions/$concept");

/** With fewer examples, what is suggested is little better than chance. */
const fewExamples = 5;

/** Passages like those tagged with a concept: each is accepted or rejected with one key, and the next ones are better for it. */
export default function SuggestionsScreen() {
  const { concept: id } = route.useParams();
  const session = useSession();
  const found = useQuery(suggestionsQuery(id));
  const concept = found.data?.concept;
  useTitle(concept ? `Suggestions: ${concept.label}` : "Suggestions");
  return (
    <main id="main" className="suggested stack" tabIndex={-1} aria-busy={found.isFetching}>
      <h1>Suggestions {concept && <Chip family={concept.family}>{concept.label}</Chip>}</h1>
      <p className="muted">
        Passages whose words are most like those tagged with the concept, and unlike those you rejected.
      </p>
      {session && !session.signedIn && (
        <p>
          <Link to="/signin" search={{ return: `/suggestions/${id}` }}>
            Sign in
          </Link>{" "}
          to accept and reject suggestions.
        </p>
      )}
      {found.error && <ProblemNotice problem={asProblem(found.error)} again={() => void found.refetch()} />}
      {found.isLoading && (
        <p className="muted" role="status">
          Comparing passages…
        </p>
      )}
      {found.data && (
        <Suggestions
          key={found.dataUpdatedAt}
          found={found.data}
          signedIn={session?.signedIn === true}
          again={() => void found.refetch()}
        />
      )}
    </main>
  );
}

function Examples({ found }: { found: Schemas["Suggestions"] }) {
  const { concept, examples } = found;
  if (examples === 0) {
    return (
      <div className="empty">
        <p>Nothing is tagged with this concept yet that you may see.</p>
        <p>
          Tag some passages, {fewExamples} or more, and what is like them is suggested here.{" "}
          <Link to="/search" search={{ q: `"${concept.label}"` }}>
            Search for its words
          </Link>
        </p>
      </div>
    );
  }
  if (examples >= fewExamples) return null;
  return (
    <p className="notice">
      Only {count(examples, "passage")} {examples === 1 ? "is" : "are"} tagged with it: suggestions are better
      with {fewExamples} or more.
    </p>
  );
}

interface Props {
  found: Schemas["Suggestions"];
  signedIn: boolean;
  again: () => void;
}

interface Decision {
  words: "Accepted" | "Rejected";
  undo: Undo;
}

function Suggestions({ found, signedIn, again }: Props) {
  const { concept, suggestions, examples } = found;
  const list = useRef<HTMLOListElement>(null);
  const navigate = useNavigate();
  const { say, status } = useStatus();
  const session = useSession();
  const [audience, setAudience] = useState<Audience>(session?.defaults ?? { visibility: "private" });
  const [decided, setDecided] = useState<ReadonlyMap<Suggestion, Decision>>(new Map());

  const elements = () => [...(list.current?.querySelectorAll<HTMLElement>("li.suggestion") ?? [])];
  const focusOn = (index: number) => {
    const next = elements()[index];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
  const at = () => elements().findIndex((one) => one.contains(document.activeElement));
  const step = (by: 1 | -1) => focusOn(Math.min(suggestions.length - 1, Math.max(0, at() + by)));
  /** The suggestion with the focus or, without one, the first that is open. */
  const current = () => suggestions[at()] ?? suggestions.find((one) => !decided.has(one));

  const decide = async (one: Suggestion | undefined, words: Decision["words"]) => {
    if (!signedIn) return say("Sign in to accept and reject suggestions");
    if (!one || decided.has(one)) return say("There is nothing here to decide");
    try {
      const undo = await (words === "Accepted" ? accept(one, concept.id, audience) : reject(one, concept.id));
      const now = new Map(decided).set(one, { words, undo });
      setDecided(now);
      const next = suggestions.findIndex((other) => !now.has(other));
      say(next < 0 ? `${words}. That was the last one. Press u to undo.` : `${words}. Press u to undo.`);
      focusOn(next < 0 ? suggestions.indexOf(one) : next);
    } catch (error) {
      say(asProblem(error).message);
    }
  };
  const undo = async (one = [...decided.keys()].at(-1)) => {
    const decision = one && decided.get(one);
    if (!decision) return say("Nothing to undo");
    try {
      await decision.undo();
    } catch (error) {
      return say(asProblem(error).message);
    }
    const now = new Map(decided);
    now.delete(one);
    setDecided(now);
    say("Undone");
    focusOn(suggestions.indexOf(one));
  };
  const open = () => {
    const one = current();
    if (!one) return;
    void navigate({
      to: "/read/$document",
      params: { document: one.document.id },
      search: { version: one.hit.version, at: one.hit.provision },
    });
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    a: () => void decide(current(), "Accepted"),
    x: () => void decide(current(), "Rejected"),
    u: () => void undo(),
    n: again,
    Enter: open,
  });

  const how = [...decided.values()].filter(({ words }) => words === "Accepted").length;
  return (
    <>
      <Examples found={found} />
      {examples > 0 && (
        <div className="bar">
          <p className="tally">
            {how} accepted, {decided.size - how} rejected
          </p>
          <span className="grow" />
          {signedIn && (
            <span className="small noprint">
              Who can see the tags{" "}
              <AudienceSelect label="Who can see the tags" value={audience} onChange={setAudience} />
            </span>
          )}
          {decided.size > 0 && (
            <button type="button" className="btn" onClick={again}>
              Learn, and show the next ones <kbd className="kbd">n</kbd>
            </button>
          )}
        </div>
      )}
      {examples > 0 && suggestions.length === 0 && (
        <p className="empty">No other passage has words that speak for this concept.</p>
      )}
      <ol ref={list} className="suggestions" aria-label="Suggestions">
        {suggestions.map((one) => (
          <SuggestionItem
            key={`${one.hit.version}/${one.hit.provision}`}
            suggestion={one}
            open={signedIn}
            decided={decided.get(one)?.words}
            onAccept={() => void decide(one, "Accepted")}
            onReject={() => void decide(one, "Rejected")}
            onUndo={() => void undo(one)}
          />
        ))}
      </ol>
      {status}
    </>
  );
}
