import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useSession } from "../account/session";
import { answer, asProblem, client, type Schemas } from "../api/client";
import { AudienceSelect } from "../groups/AudienceSelect";
import type { Audience } from "../groups/audience";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { ConceptsField } from "./ConceptsField";
import { type Chosen, DocumentsField } from "./DocumentsField";
import { type Given, Grid } from "./Grid";
import { PeopleField } from "./PeopleField";
import { outdated } from "./queries";
import { SignInFirst } from "./SignInFirst";
import "./rounds.css";

/** Opens a coding round: what is looked for, in which documents, by whom. */
export default function NewRoundScreen() {
  useTitle("New coding round");
  const session = useSession();
  return (
    <main id="main" className="rounds" tabIndex={-1}>
      <h1>New coding round</h1>
      {session?.signedIn ? <Form /> : session && <SignInFirst back="/rounds/new" />}
    </main>
  );
}

const audiences = { private: "Those who take part, on the pages of the round", public: "Everyone" };

function Form() {
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [instructions, setInstructions] = useState("");
  const [concepts, setConcepts] = useState<string[]>([]);
  const [documents, setDocuments] = useState<Chosen[]>([]);
  const [coders, setCoders] = useState<string[]>([]);
  const [way, setWay] = useState<"evenly" | "by hand">("evenly");
  const [each, setEach] = useState(2);
  const [given, setGiven] = useState<Given>({});
  const [adjudicator, setAdjudicator] = useState<string[]>([]);
  const [audience, setAudience] = useState<Audience>({ visibility: "private" });
  const [tried, setTried] = useState(false);
  const lacking = [
    name.trim() === "" && "a name",
    concepts.length === 0 && "a concept",
    documents.length === 0 && "a document",
    coders.length === 0 && "somebody who codes",
  ].filter(Boolean);
  const open = useMutation({
    mutationFn: (body: Schemas["NewRound"]) => answer(client.POST("/api/rounds", { body })),
    onSuccess: (round) => {
      void outdated();
      void navigate({ to: "/rounds/$round", params: { round: round.id } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (lacking.length > 0) return;
    const who =
      way === "evenly"
        ? { documents: documents.map(({ id }) => id), coders }
        : {
            assignments: documents.map(({ id }) => ({
              document: id,
              coders: (given[id] ?? []).filter((person) => coders.includes(person)),
            })),
          };
    open.mutate({
      name,
      instructions,
      concepts,
      ...audience,
      adjudicator: adjudicator[0],
      each,
      ...who,
    });
  };
  return (
    <form className="stack noprint" onSubmit={submit} noValidate>
      <label className="field">
        Name
        <input
          className="input"
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="field">
        Instructions for the coders
        <textarea
          className="input"
          rows={3}
          maxLength={5000}
          value={instructions}
          onChange={(event) => setInstructions(event.target.value)}
        />
      </label>
      <ConceptsField chosen={concepts} onChange={setConcepts} />
      <DocumentsField chosen={documents} onChange={setDocuments} />
      <fieldset className="part">
        <legend>People</legend>
        <PeopleField label="Who codes" chosen={coders} onChange={setCoders} />
        <p className="row">
          <label>
            <input type="radio" name="way" checked={way === "evenly"} onChange={() => setWay("evenly")} />{" "}
            Spread the documents evenly
          </label>
          <label>
            <input type="radio" name="way" checked={way === "by hand"} onChange={() => setWay("by hand")} />{" "}
            By hand
          </label>
        </p>
        {way === "evenly" ? (
          <label className="row">
            <input
              className="input small-number"
              type="number"
              min={1}
              max={100}
              value={each}
              onChange={(event) => setEach(Math.max(1, Number(event.target.value)))}
            />
            people code each document
          </label>
        ) : (
          <Grid documents={documents} people={coders} given={given} onChange={setGiven} />
        )}
        <PeopleField
          label="Who decides where they disagree: you, unless you name somebody"
          chosen={adjudicator}
          onChange={(people) => setAdjudicator(people.slice(-1))}
        />
      </fieldset>
      <fieldset className="part">
        <legend>Who can see the tags once the round is closed</legend>
        <AudienceSelect
          label="Who can see the tags once the round is closed"
          names={audiences}
          value={audience}
          onChange={setAudience}
        />
      </fieldset>
      {tried && lacking.length > 0 && (
        <p className="notice err" role="alert">
          The round still needs {lacking.join(", ")}.
        </p>
      )}
      {open.error && <ProblemNotice problem={asProblem(open.error)} />}
      <p className="row">
        <button type="submit" className="btn pri" disabled={open.isPending}>
          Open the round
        </button>
      </p>
    </form>
  );
}
