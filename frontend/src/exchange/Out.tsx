import { useId, useState } from "react";

const annotationFormats = [
  ["jsonld", "Web Annotations, JSON-LD – everything"],
  ["csv", "Table, CSV – everything"],
  ["xlsx", "Table, Excel"],
  ["markdown", "Markdown, for reading"],
  ["qdpx", "REFI-QDA project, with the texts"],
] as const;

const codebookFormats = [
  ["skos-ttl", "SKOS, Turtle – everything"],
  ["skos-jsonld", "SKOS, JSON-LD – everything"],
  ["qdc", "REFI-QDA codebook"],
] as const;

/** The link that downloads annotations, all or those of a group, and of them those on what a query finds. */
export function AnnotationsOut({ group }: { group?: string }) {
  const [format, setFormat] = useState<string>("jsonld");
  const [q, setQ] = useState("");
  const box = useId();
  const address = new URLSearchParams({ format, ...(group && { group }), ...(q.trim() && { q: q.trim() }) });
  return (
    <div className="stack">
      <Formats formats={annotationFormats} value={format} onChange={setFormat} />
      <div className="field">
        <label htmlFor={box}>Only on passages that this finds</label>
        <input
          id={box}
          className="input"
          value={q}
          placeholder="all, or such as: network concept:jurisdiction"
          onChange={(event) => setQ(event.target.value)}
          maxLength={4096}
        />
      </div>
      <Download href={`/api/annotations?${address}`} name="annotations" />
    </div>
  );
}

/** The link that downloads the codebook. */
export function CodebookOut() {
  const [format, setFormat] = useState<string>("skos-ttl");
  return (
    <div className="stack">
      <Formats formats={codebookFormats} value={format} onChange={setFormat} />
      <Download href={`/api/codebook?format=${format}`} name="the codebook" />
    </div>
  );
}

interface FormatsProps {
  formats: readonly (readonly [string, string])[];
  value: string;
  onChange: (value: string) => void;
}

function Formats({ formats, value, onChange }: FormatsProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>Format</label>
      <select id={id} className="select" value={value} onChange={(event) => onChange(event.target.value)}>
        {formats.map(([name, words]) => (
          <option key={name} value={name}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}

function Download({ href, name }: { href: string; name: string }) {
  return (
    <p>
      <a className="btn pri" href={href} download>
        Download <span className="sr">{name}</span>
      </a>
    </p>
  );
}
