import { Link } from "@tanstack/react-router";
import { useSession } from "../account/session";
import { useTitle } from "../ui/useTitle";
import { AnnotationsOut, CodebookOut } from "./Out";
import { sendAnnotations, sendCodebook } from "./sending";
import { TakeIn } from "./TakeIn";
import "./exchange.css";

/** Annotations and the codebook, out in open formats and back in. */
export default function ExchangeScreen() {
  useTitle("Export and import");
  const session = useSession();
  return (
    <main id="main" className="exchange" tabIndex={-1}>
      <h1>Export and import</h1>
      <div className="cards">
        <section className="card" aria-labelledby="annotations-out">
          <h2 id="annotations-out">Annotations out</h2>
          <p className="small muted">
            Everything that you may read: replies, notes on whole documents and what was read and is absent,
            too.
          </p>
          <AnnotationsOut />
        </section>
        <section className="card" aria-labelledby="annotations-in">
          <h2 id="annotations-in">Annotations in</h2>
          <p className="small muted">
            Web Annotations (JSON-LD), a table (CSV) with the columns of an export, or a REFI-QDA project.
            Sending a file again adds nothing twice.
          </p>
          {session?.signedIn ? (
            <TakeIn what="annotations" accept=".jsonld,.json,.csv,.tsv,.txt,.qdpx" send={sendAnnotations} />
          ) : (
            session && <SignInFirst />
          )}
        </section>
        <section className="card" aria-labelledby="codebook-out">
          <h2 id="codebook-out">Codebook out</h2>
          <p className="small muted">All concepts with what they mean, for other tools.</p>
          <CodebookOut />
        </section>
        <section className="card" aria-labelledby="codebook-in">
          <h2 id="codebook-in">Codebook in</h2>
          <p className="small muted">
            SKOS (Turtle or JSON-LD) or a REFI-QDA codebook. Concepts of a name that is there stay as they
            are.
          </p>
          {session?.signedIn ? (
            <TakeIn what="concepts" accept=".ttl,.nt,.jsonld,.json,.qdc,.xml" send={sendCodebook} />
          ) : (
            session && <SignInFirst />
          )}
        </section>
      </div>
    </main>
  );
}

function SignInFirst() {
  return (
    <p>
      <Link className="btn" to="/signin" search={{ return: "/exchange" }}>
        Sign in
      </Link>{" "}
      <span className="small muted">to take anything in.</span>
    </p>
  );
}
