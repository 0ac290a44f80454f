import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answer, asProblem, client, type Schemas } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { day, language } from "../ui/words";
import { type Field, inLine, names } from "./fields";
import { historyQuery, stale } from "./queries";

type Entry = Schemas["MetadataChange"];

const deeds: Record<Entry["deed"], string> = {
  import: "Imported",
  edit: "Edited",
  restore: "An earlier state brought back",
  language: "Language of a version corrected",
};

/** Who changed what is known of a document, when, and from what to what; with a way back for those who may. */
export function History({ document, mayEdit }: { document: string; mayEdit: boolean }) {
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery(historyQuery(document));
  const restore = useMutation({
    mutationFn: (number: number) =>
      answer(
        client.POST("/api/documents/{document}/history/{number}/restore", {
          params: { path: { document, number } },
        }),
      ),
    onSuccess: () => Promise.all(stale.map((queryKey) => cache.invalidateQueries({ queryKey }))),
  });
  if (error) return <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />;
  if (!data) return <div className="bone b-row" aria-hidden="true" />;
  return (
    <>
      {restore.error && <ProblemNotice problem={asProblem(restore.error)} />}
      <p className="sr" role="status">
        {restore.isSuccess && "The earlier state is back."}
      </p>
      <ol className="history">
        {data.map((entry, index) => (
          <li key={entry.number}>
            <div className="row">
              <h3 className="small">
                {deeds[entry.deed]}
                {by(entry)} <span className="muted">on {day(entry.at)}</span>
              </h3>
              {mayEdit && index > 0 && entry.deed !== "language" && (
                <button
                  type="button"
                  className="btn ghost"
                  disabled={restore.isPending}
                  aria-label={`Bring back the state of entry ${data.length - index}, ${deeds[entry.deed]}${by(entry)}`}
                  onClick={() => restore.mutate(entry.number)}
                >
                  Bring this back
                </button>
              )}
            </div>
            <Changes entry={entry} />
          </li>
        ))}
      </ol>
    </>
  );
}

function by({ who, deed }: Entry): string {
  if (who) return ` by ${who}`;
  return deed === "import" ? "" : " by the command line";
}

function Changes({ entry }: { entry: Entry }) {
  return (
    <dl className="small">
      {entry.was && entry.became && (
        <div>
          <dt>Language</dt>
          <dd>
            <del>{language(entry.was)}</del> <ins>{language(entry.became)}</ins>
          </dd>
        </div>
      )}
      {entry.changes.map(({ field, from, to }) => (
        <div key={field}>
          <dt>{names[field as Field] ?? field}</dt>
          <dd>
            {from.length > 0 && <del>{inLine(from)}</del>} <ins>{inLine(to)}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
