import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useRef, useState } from "react";
import { useSession } from "../account/session";
import { answer, asProblem, client, type Schemas } from "../api/client";
import { queries } from "../app/queries";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import "./synonyms.css";

type Synonyms = Schemas["Synonyms"];

const synonymsQuery = queryOptions({
  queryKey: ["synonyms"],
  queryFn: ({ signal }) => answer(client.GET("/api/synonyms", { signal })),
});

/** What a search also looks for: for everyone to see, for editors to change. */
export default function SynonymsScreen() {
  useTitle("Synonyms");
  const session = useSession();
  const { data, error, refetch } = useQuery(synonymsQuery);
  return (
    <main id="main" className="synonyms stack" tabIndex={-1}>
      <h1>Synonyms</h1>
      <p>
        Agreements call the same thing by different names. A search for plain words also finds what stands
        here beside them, and says so above the results, where it can be switched off. What is in quotation
        marks is searched exactly as it is typed.
      </p>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {!data && !error && <Bones />}
      {data && <Groups synonyms={data} />}
      {data && session?.mayImport && <Editor synonyms={data} />}
    </main>
  );
}

function Groups({ synonyms }: { synonyms: Synonyms }) {
  if (synonyms.groups.length === 0)
    return <p className="empty">No synonyms: only what is typed is searched.</p>;
  return (
    <section aria-labelledby="groups">
      <h2 id="groups">What stands for what</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">Typed</th>
            <th scope="col">Also searched</th>
          </tr>
        </thead>
        <tbody>
          {synonyms.groups.map(({ forms, adds }) => (
            <tr key={`${forms.join()} ${adds.join()}`}>
              <td>{forms.join(adds.length > 0 ? " or " : ", ")}</td>
              <td>
                {adds.length > 0 ? adds.join(", ") : <span className="muted">each for every other</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Editor({ synonyms }: { synonyms: Synonyms }) {
  const hint = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(synonyms.text);
  const written = (now: Synonyms) => {
    queries.setQueryData(synonymsQuery.queryKey, now);
    setText(now.text);
    for (const key of ["search", "matches", "passage"]) void queries.invalidateQueries({ queryKey: [key] });
  };
  const write = useMutation({
    mutationFn: (text: string) => answer(client.PUT("/api/synonyms", { body: { text } })),
    onSuccess: written,
    onError: (error) => field.current && pointAt(field.current, asProblem(error).line),
  });
  const reset = useMutation({
    mutationFn: () => answer(client.DELETE("/api/synonyms")),
    onSuccess: written,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    write.mutate(text);
  };
  const error = write.error ?? reset.error;
  return (
    <form className="stack" aria-labelledby="edit" onSubmit={submit}>
      <h2 id="edit">Edit</h2>
      <p id={hint} className="small muted">
        One group a line, with commas between the forms. With <code>=&gt;</code>, what stands on the left also
        searches what stands on the right. A line that begins with <code>#</code> is a comment. Changes act at
        once, for everybody.
      </p>
      <textarea
        ref={field}
        className="input mono"
        aria-label="Text of the synonyms"
        aria-describedby={hint}
        aria-invalid={write.isError}
        rows={18}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {error && <ProblemNotice problem={asProblem(error)} />}
      <div className="bar">
        <button type="submit" className="btn pri" disabled={write.isPending || text === synonyms.text}>
          Save
        </button>
        {synonyms.edited ? (
          <button type="button" className="btn" disabled={reset.isPending} onClick={() => reset.mutate()}>
            Put our own back
          </button>
        ) : (
          <span className="small muted">These are our own, as they come with Glossator.</span>
        )}
        <span className="small" role="status">
          {write.isSuccess && text === synonyms.text && "Saved: searches use them from now on."}
        </span>
      </div>
    </form>
  );
}

/** Selects a line of a field, counted from 1; nothing if it is not known. */
function pointAt(field: HTMLTextAreaElement, line: number | undefined) {
  if (!line) return;
  const before = field.value.split("\n").slice(0, line - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0);
  const end = field.value.indexOf("\n", start);
  field.focus();
  field.setSelectionRange(start, end < 0 ? field.value.length : end);
}

function Bones() {
  return (
    <div role="status" aria-label="Loading">
      {["a", "b", "c", "d"].map((key) => (
        <div key={key} className="bone b-row" />
      ))}
    </div>
  );
}
