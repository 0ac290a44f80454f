import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useSession } from "../account/session";
import { asProblem, type Schemas } from "../api/client";
import { documentQuery } from "../reader/data";
import { useStatus } from "../reader/status";
import { useKeys } from "../ui/keys";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { count } from "../ui/words";
import { Adjust } from "./Adjust";
import { decide, type Item, reviewQuery } from "./data";
import { ReviewItem } from "./ReviewItem";
import "./review.css";

const route = getRouteApi("/review/$document");

/** The annotations of a document whose words changed or are lost, one by one: each is decided with one key. */
export default function ReviewScreen() {
  const { document: id } = route.useParams();
  const session = useSession();
  const document = useQuery(documentQuery(id));
  const review = useQuery({ ...reviewQuery(id), enabled: session?.signedIn === true });
  const title = document.data ? document.data.shortTitle || document.data.title : "";
  useTitle(title ? `Review: ${title}` : "Review");
  const error = document.error ?? review.error;
  return (
    <main id="main" className="review stack" tabIndex={-1} aria-busy={review.isLoading}>
      <h1>Annotations to review</h1>
      <p>
        The text of{" "}
        <Link to="/read/$document" params={{ document: id }}>
          {title || "this document"}
        </Link>{" "}
        has changed since these annotations were made. What you decide here holds for the current version;
        where an annotation stood before is kept.
      </p>
      {session && !session.signedIn && (
        <p>
          <Link to="/signin" search={{ return: `/review/${id}` }}>
            Sign in
          </Link>{" "}
          to review your annotations.
        </p>
      )}
      {error && <ProblemNotice problem={asProblem(error)} again={() => void review.refetch()} />}
      {review.isLoading && (
        <p className="muted" role="status">
          Looking for what has changed…
        </p>
      )}
      {review.data && (
        <List
          key={review.dataUpdatedAt}
          items={review.data.items}
          total={review.data.total}
          again={() => void review.refetch()}
        />
      )}
    </main>
  );
}

interface ListProps {
  items: Item[];
  total: number;
  again: () => void;
}

function List({ items, total, again }: ListProps) {
  const list = useRef<HTMLOListElement>(null);
  const { say, status } = useStatus();
  const [decided, setDecided] = useState<ReadonlyMap<string, string>>(new Map());
  const [adjusting, setAdjusting] = useState<Item | null>(null);
  const done = useRef<Item[]>([]);

  const elements = () => [...(list.current?.querySelectorAll<HTMLElement>("li.toreview") ?? [])];
  const focusOn = (index: number) => {
    const next = elements()[index];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
  const at = () => elements().findIndex((one) => one.contains(window.document.activeElement));
  const step = (by: 1 | -1) => focusOn(Math.min(items.length - 1, Math.max(0, at() + by)));
  const open = (item: Item) => !decided.has(item.annotation.id);
  /** The item with the focus or, without one, the first that is open. */
  const current = () => items[at()] ?? items.find(open);

  const send = async (item: Item | undefined, body: Schemas["Decision"], words: string) => {
    if (!item) return say("There is nothing to review");
    try {
      await decide(item, body);
    } catch (error) {
      return say(asProblem(error).message);
    }
    done.current.push(item);
    const now = new Map(decided).set(item.annotation.id, words);
    setDecided(now);
    const next = items.findIndex((one) => !now.has(one.annotation.id));
    say(next < 0 ? `${words}. That was the last one. Press u to undo.` : `${words}. Press u to undo.`);
    focusOn(next < 0 ? items.indexOf(item) : next);
  };
  const undo = async (item = done.current.at(-1)) => {
    if (!item) return say("Nothing to undo");
    try {
      await decide(item, { deed: "undo" });
    } catch (error) {
      return say(asProblem(error).message);
    }
    done.current = done.current.filter((one) => one !== item);
    const now = new Map(decided);
    now.delete(item.annotation.id);
    setDecided(now);
    say("Undone: it is to review again");
    focusOn(items.indexOf(item));
  };
  const confirm = (item = current()) => {
    if (item?.annotation.placement.state === "lost") {
      return say("Its words are lost: choose a place, select one, or keep it as lost");
    }
    return void send(item, { deed: "confirm" }, "Confirmed");
  };
  const lose = (item = current()) => void send(item, { deed: "lose" }, "Kept as lost");
  const place = (item: Item | undefined, target: Schemas["Target"] | undefined) => {
    if (!target) return say("There is no such candidate");
    const { start, end, exact } = target;
    void send(item, { deed: "place", start, end, exact }, "Placed");
  };
  const candidate = (index: number) => () => {
    const item = current();
    place(item, item?.candidates[index]?.target);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    c: () => confirm(),
    x: () => lose(),
    a: () => setAdjusting(current() ?? null),
    u: () => void undo(),
    "1": candidate(0),
    "2": candidate(1),
    "3": candidate(2),
    "4": candidate(3),
    "5": candidate(4),
  });

  const left = items.filter(open).length + total - items.length;
  return (
    <>
      <p role="status" className="tally">
        {left === 0 ? "Nothing is left to review." : `${count(left, "annotation")} to review.`}
      </p>
      <ol ref={list} className="items">
        {items.map((item) => (
          <ReviewItem
            key={item.annotation.id}
            item={item}
            decided={decided.get(item.annotation.id)}
            onConfirm={() => confirm(item)}
            onAdjust={() => setAdjusting(item)}
            onLose={() => lose(item)}
            onPlace={(target) => place(item, target)}
            onUndo={() => void undo(item)}
          />
        ))}
      </ol>
      {total > items.length && !items.some(open) && (
        <button type="button" className="btn pri" onClick={again}>
          Show the next ones
        </button>
      )}
      {adjusting && (
        <Adjust
          item={adjusting}
          onClose={() => setAdjusting(null)}
          onPlace={(target) => {
            setAdjusting(null);
            place(adjusting, target);
          }}
        />
      )}
      {status}
    </>
  );
}
