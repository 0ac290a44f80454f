import { useMutation, useQueryClient } from "@tanstack/react-query";
import { sessionQuery, useSession } from "../account/session";
import { answer, asProblem, client } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { AudienceSelect } from "./AudienceSelect";
import type { Audience } from "./audience";

/** What the account's new annotations are where nothing else is said; the server keeps it. */
export function DefaultAudience() {
  const session = useSession();
  const cache = useQueryClient();
  const set = useMutation({
    mutationFn: (body: Audience) => answer(client.PUT("/api/defaults", { body })),
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  if (!session) return null;
  return (
    <section className="default-audience" aria-labelledby="defaults">
      <h2 id="defaults">New annotations</h2>
      <p className="row">
        <span className="small">What you annotate, tag and import is for</span>
        <AudienceSelect
          label="Who can see new annotations"
          value={set.isPending ? set.variables : session.defaults}
          disabled={set.isPending}
          onChange={(audience) => set.mutate(audience)}
        />
        <span className="small">unless you say otherwise.</span>
        <span className="small muted" role="status">
          {set.isSuccess && "Saved"}
        </span>
      </p>
      {set.error && <ProblemNotice problem={asProblem(set.error)} />}
    </section>
  );
}
