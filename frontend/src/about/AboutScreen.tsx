import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useSession } from "../account/session";
import { asProblem } from "../api/client";
import { documentQuery } from "../reader/data";
import { ProblemNotice } from "../ui/ProblemNotice";
import { Standing } from "../ui/Standing";
import { useTitle } from "../ui/useTitle";
import { type Field, fields, inLine, names, valuesOf } from "./fields";
import { History } from "./History";
import { MetadataForm } from "./MetadataForm";
import { type Metadata, metadataQuery } from "./queries";
import { Versions } from "./Versions";
import "./about.css";

const route = getRouteApi("/library/$document");

/** What is known of a document: who may change it does so here; everybody sees who has, and when. */
export default function AboutScreen() {
  const { document: id } = route.useParams();
  const session = useSession();
  const metadata = useQuery(metadataQuery(id));
  const document = useQuery(documentQuery(id));
  const title = document.data ? document.data.shortTitle || document.data.title : "";
  useTitle(title ? `About ${title}` : "About a document");
  const error = metadata.error ?? document.error;
  if (error) {
    const problem = asProblem(error);
    return (
      <main id="main" className="plain stack" tabIndex={-1}>
        <h1>{problem.status === 404 ? "There is no such document" : "This could not be read"}</h1>
        {problem.status !== 404 && <ProblemNotice problem={problem} again={() => void metadata.refetch()} />}
        <p>
          <Link to="/library">Look through the library</Link>
        </p>
      </main>
    );
  }
  if (!metadata.data || !document.data || !session) {
    return (
      <main id="main" className="about" tabIndex={-1} aria-busy="true">
        <p className="sr" role="status">
          Loading…
        </p>
        <div className="bone big" />
      </main>
    );
  }
  const mayEdit = session.mayImport;
  return (
    <main id="main" className="about" tabIndex={-1}>
      <header>
        <h1>{document.data.title}</h1>
        <p className="small">
          <Standing document={document.data} />{" "}
          <Link to="/read/$document" params={{ document: id }}>
            Read it
          </Link>
          {" · "}
          <Link to="/library">Library</Link>
        </p>
      </header>
      <section aria-labelledby="known">
        <h2 id="known">What is known of it</h2>
        {mayEdit ? <MetadataForm key={id} metadata={metadata.data} /> : <Facts metadata={metadata.data} />}
      </section>
      <aside className="stack">
        <section aria-labelledby="texts">
          <h2 id="texts">Texts</h2>
          <Versions document={document.data} mayEdit={mayEdit} />
        </section>
        <section aria-labelledby="history">
          <h2 id="history">History</h2>
          <History document={id} mayEdit={mayEdit} />
        </section>
      </aside>
    </main>
  );
}

/** The fields that say something, for those who read only. */
function Facts({ metadata }: { metadata: Metadata }) {
  const values = { ...valuesOf(metadata.document), parties: metadata.parties.map((party) => party.name) };
  const said = fields.filter((field) => values[field].length > 0);
  return (
    <dl className="facts">
      {said.map((field) => (
        <div key={field}>
          <dt>{names[field]}</dt>
          <dd>{field === "address" ? <Address value={values.address} /> : all(field, values[field])}</dd>
        </div>
      ))}
    </dl>
  );
}

function all(field: Field, value: string | string[]): string {
  return field === "parties" || field === "aliases" ? (value as string[]).join("; ") : inLine(value);
}

function Address({ value }: { value: string }) {
  if (!/^https?:/.test(value)) return value;
  return (
    <a href={value} rel="noreferrer">
      {value}
    </a>
  );
}
