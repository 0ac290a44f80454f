import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { answer, asProblem, client, type Schemas } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { day, language, number, sentence } from "../ui/words";
import { stale } from "./queries";

type Version = Schemas["VersionSummary"];

const offered = [
  "en",
  "fr",
  "es",
  "ru",
  "zh",
  "zh-Hant",
  "ar",
  "de",
  "nl",
  "pt",
  "it",
  "ca",
  "uk",
  "da",
  "sv",
  "pl",
  "tr",
  "ja",
];

/** The texts of a document, and where they are from; their language can be corrected by those who may. */
export function Versions({ document, mayEdit }: { document: Schemas["DocumentDetail"]; mayEdit: boolean }) {
  const shown = document.versions.filter((version) => !version.corrected);
  if (shown.length === 0) return <p className="muted">There is no text of it here.</p>;
  return (
    <ul className="texts">
      {shown.map((version) => (
        <Text key={version.id} document={document.id} version={version} mayEdit={mayEdit} />
      ))}
    </ul>
  );
}

function Text({ document, version, mayEdit }: { document: string; version: Version; mayEdit: boolean }) {
  const cache = useQueryClient();
  const [chosen, setChosen] = useState(version.language);
  const correct = useMutation({
    mutationFn: () =>
      answer(
        client.PATCH("/api/versions/{version}", {
          params: { path: { version: version.id } },
          body: { language: chosen },
        }),
      ),
    onSuccess: () => Promise.all(stale.map((queryKey) => cache.invalidateQueries({ queryKey }))),
  });
  const tags = offered.includes(version.language) ? offered : [version.language, ...offered];
  return (
    <li>
      <p>
        <Link to="/read/$document" params={{ document }} search={{ version: version.id }}>
          {language(version.language)}, version {version.number}
        </Link>
        {version.current && <span className="muted"> · current</span>}
      </p>
      <p className="small muted">
        {number(version.length)} characters, imported on {day(version.imported)} from{" "}
        <span className="source">{version.source}</span>
      </p>
      {version.remarks && (
        <details className="small muted">
          <summary>How the file was read</summary>
          <ul>
            {version.remarks.map((remark) => (
              <li key={remark}>{sentence(remark)}.</li>
            ))}
          </ul>
        </details>
      )}
      {mayEdit && (
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            correct.mutate();
          }}
        >
          <select
            className="select"
            aria-label={`Language of ${language(version.language)}, version ${version.number}`}
            value={chosen}
            onChange={(event) => setChosen(event.target.value)}
          >
            {tags.map((tag) => (
              <option key={tag} value={tag}>
                {language(tag)}
              </option>
            ))}
          </select>
          <button type="submit" className="btn" disabled={chosen === version.language || correct.isPending}>
            Correct the language
          </button>
        </form>
      )}
      {correct.error && <ProblemNotice problem={asProblem(correct.error)} />}
    </li>
  );
}
