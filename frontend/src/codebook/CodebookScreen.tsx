import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useSession } from "../account/session";
import { asProblem } from "../api/client";
import { codebooksQuery, conceptsQuery } from "../reader/data";
import { Deeds } from "../ui/Deeds";
import { useDeeds } from "../ui/deeds";
import { useKeys } from "../ui/keys";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { count } from "../ui/words";
import type { CodebookAddress } from "./address";
import { CodebookForm } from "./CodebookForm";
import { ConceptForm } from "./ConceptForm";
import { DeprecateDialog, MergeDialog, MoveDialog, SplitDialog } from "./DeedDialogs";
import { type Deed, Detail } from "./Detail";
import { Printed } from "./Printed";
import { outdate } from "./queries";
import { Tree } from "./Tree";
import { fits, keptWithAbove, rowsOf } from "./tree";
import "./codebook.css";

type Open = Deed | "new" | "codebook" | "codebooks";

/** The codebook: its concepts as a tree, and what the chosen one means and where it is used. */
export default function CodebookScreen() {
  useTitle("Codebook");
  const address = useSearch({ from: "/codebook" });
  const navigate = useNavigate();
  const signedIn = useSession()?.signedIn ?? false;
  const { told, did, undo, redo, hide } = useDeeds(outdate);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<Open>();
  const all = useQuery(conceptsQuery);
  const { data: shelf } = useQuery(codebooksQuery);
  const codebooks = shelf?.codebooks ?? [];

  const chosen = all.data?.concepts.find(({ id }) => id === address.concept);
  const codebook = codebooks.find(({ id }) => id === (chosen?.codebook ?? address.codebook)) ?? codebooks[0];
  const concepts = (all.data?.concepts ?? []).filter((concept) => concept.codebook === codebook?.id);
  const filtered = Boolean(address.text || address.status);
  const kept = keptWithAbove(
    concepts,
    (concept) => fits(concept, address.text ?? "") && (!address.status || concept.status === address.status),
  );
  const rows = rowsOf(
    concepts.filter(({ id }) => kept.has(id)),
    filtered ? new Set() : closed,
  );

  const go = (next: CodebookAddress) =>
    void navigate({ to: "/codebook", search: { ...address, ...next }, replace: true });
  const choose = (concept: string | undefined) => go({ concept });
  const done = (text: string, operation: string, concept: string) => {
    did(text, operation);
    choose(concept);
  };
  useKeys({
    u: () => void undo(),
    n: () => signedIn && setOpen("new"),
  });
  const close = () => setOpen(undefined);
  const deed = chosen && { concept: chosen, concepts, onClose: close, onDone: done };
  return (
    <main id="main" className={chosen ? "codebook chosen" : "codebook"} tabIndex={-1}>
      <div className="bar">
        <h1>{codebook?.name ?? "Codebook"}</h1>
        <p className="muted small" role="status">
          {all.data && count(filtered ? rows.length : concepts.length, "concept")}
        </p>
        <span className="grow" />
        {codebooks.length > 1 && (
          <label className="noprint">
            <span className="sr">Codebook</span>
            <select
              className="select"
              value={codebook?.id}
              onChange={(event) => go({ codebook: event.target.value, concept: undefined })}
            >
              {codebooks.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        {signedIn && codebook && (
          <span className="row noprint">
            <button type="button" className="btn pri" onClick={() => setOpen("new")}>
              {codebook.maintained ? "New concept" : "Propose a concept"}
            </button>
            {codebook.maintained && (
              <button type="button" className="btn" onClick={() => setOpen("codebook")}>
                About this codebook
              </button>
            )}
            <button type="button" className="btn" onClick={() => setOpen("codebooks")}>
              New codebook
            </button>
          </span>
        )}
      </div>
      {codebook?.description && <p className="small muted">{codebook.description}</p>}
      {all.error && <ProblemNotice problem={asProblem(all.error)} again={() => void all.refetch()} />}
      <div className="codebook-parts noprint">
        <section className="codebook-list" aria-label="Concepts">
          <div className="bar">
            <label className="grow">
              <span className="sr">Find a concept</span>
              <input
                className="input"
                type="search"
                placeholder="Find a concept"
                value={address.text ?? ""}
                onChange={(event) => go({ text: event.target.value || undefined })}
              />
            </label>
            <label>
              <span className="sr">Status</span>
              <select
                className="select"
                value={address.status ?? ""}
                onChange={(event) => go({ status: event.target.value || undefined })}
              >
                <option value="">Any status</option>
                <option value="accepted">Accepted</option>
                <option value="proposed">Proposed</option>
                <option value="deprecated">Deprecated</option>
              </select>
            </label>
          </div>
          {!all.data && !all.error && <p className="muted">Loading…</p>}
          {all.data && rows.length === 0 && (
            <p className="empty">
              {filtered ? "No concept is like that." : "No concepts yet: add the first one."}
            </p>
          )}
          {rows.length > 0 && (
            <Tree
              rows={rows}
              chosen={chosen?.id}
              onChoose={choose}
              onOpen={(id, show) => {
                const next = new Set(closed);
                if (show) next.delete(id);
                else next.add(id);
                setClosed(next);
              }}
            />
          )}
        </section>
        <section className="codebook-detail" aria-label="The chosen concept">
          {address.concept ? (
            <>
              <button type="button" className="link back" onClick={() => choose(undefined)}>
                ← All concepts
              </button>
              <Detail
                id={address.concept}
                concepts={concepts}
                signedIn={signedIn}
                onChoose={choose}
                onDeed={setOpen}
                did={did}
              />
            </>
          ) : (
            <p className="empty">Choose a concept to see what it means and where it is used.</p>
          )}
        </section>
      </div>
      <Printed concepts={concepts} />
      <Deeds told={told} undo={undo} redo={redo} hide={hide} />
      {codebook && (open === "new" || (open === "below" && chosen)) && (
        <ConceptForm
          codebook={codebook.id}
          concepts={concepts}
          broader={open === "below" ? chosen?.id : undefined}
          onClose={close}
          onDone={done}
        />
      )}
      {deed && open === "edit" && <ConceptForm {...deed} codebook={chosen.codebook} />}
      {deed && open === "move" && <MoveDialog {...deed} />}
      {deed && open === "merge" && <MergeDialog {...deed} onDeprecate={() => setOpen("deprecate")} />}
      {deed && open === "split" && <SplitDialog {...deed} />}
      {deed && open === "deprecate" && <DeprecateDialog {...deed} />}
      {open === "codebook" && codebook && (
        <CodebookForm codebook={codebook} onClose={close} onDone={() => undefined} />
      )}
      {open === "codebooks" && (
        <CodebookForm onClose={close} onDone={(id) => go({ codebook: id, concept: undefined })} />
      )}
    </main>
  );
}
