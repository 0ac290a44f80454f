import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, asProblem, client } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { day } from "../ui/words";
import { type Entry, peopleQuery } from "./queries";

/** The links to accounts that are good, and their end. */
export function Links({ links }: { links: Entry[] }) {
  return (
    <section className="stack" aria-labelledby="links">
      <h3 id="links">Links that are open</h3>
      <ul className="rows">
        {links.map((one) => (
          <Row key={one.id} link={one} />
        ))}
      </ul>
    </section>
  );
}

function Row({ link }: { link: Entry }) {
  const cache = useQueryClient();
  const what = link.name ? `New password for ${link.name}` : `Invitation of a new ${link.role}`;
  const revoke = useMutation({
    mutationFn: () =>
      answer(client.DELETE("/api/people/links/{link}", { params: { path: { link: link.id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: peopleQuery.queryKey }),
  });
  return (
    <li>
      <span className="grow small">
        {what}, made {day(link.created)} by {link.creator || "the command line"}, good until{" "}
        {day(link.expires)}
      </span>
      <button
        type="button"
        className="btn ghost"
        aria-label={`Revoke: ${what}`}
        disabled={revoke.isPending}
        onClick={() => revoke.mutate()}
      >
        Revoke
      </button>
      {revoke.error && <ProblemNotice problem={asProblem(revoke.error)} />}
    </li>
  );
}
