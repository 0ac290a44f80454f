import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useSession } from "../account/session";
import { answer, asProblem, client } from "../api/client";
import { Dialog } from "../ui/Dialog";
import { NameFields } from "../ui/NameFields";
import { ProblemNotice } from "../ui/ProblemNotice";
import { type SearchAddress, savedAddress } from "./address";

interface Props {
  address: SearchAddress;
  onClose: () => void;
}

/** Keeps the search, with its filters and its order, under a name. */
export function SaveDialog({ address, onClose }: Props) {
  const session = useSession();
  return (
    <Dialog title="Save this search" onClose={onClose}>
      {session?.signedIn ? <SaveForm address={address} onClose={onClose} /> : <SignInFirst />}
    </Dialog>
  );
}

function SignInFirst() {
  const back = location.pathname + location.search;
  return (
    <p>
      Saved searches belong to an account.{" "}
      <Link to="/signin" search={{ return: back }}>
        Sign in
      </Link>{" "}
      and you come back to this page.
    </p>
  );
}

function SaveForm({ address, onClose }: Props) {
  const cache = useQueryClient();
  const [name, setName] = useState(address.q ?? "");
  const [description, setDescription] = useState("");
  const save = useMutation({
    mutationFn: () =>
      answer(
        client.POST("/api/searches", {
          body: { name: name.trim(), description: description.trim(), address: savedAddress(address) },
        }),
      ),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["searches"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  if (save.data) {
    return (
      <div className="stack">
        <p className="notice ok" role="status">
          Saved as <b>{save.data.name}</b>.
        </p>
        <p className="row">
          <Link className="btn" to="/saved">
            Go to Saved
          </Link>
          <button type="button" className="btn pri" onClick={onClose}>
            Done
          </button>
        </p>
      </div>
    );
  }
  return (
    <form className="stack" onSubmit={submit}>
      {save.error && <ProblemNotice problem={asProblem(save.error)} />}
      <NameFields name={name} onName={setName} description={description} onDescription={setDescription} />
      <p className="small muted">
        The query, the filters and the order are kept; the results are found anew each time.
      </p>
      <p className="row">
        <button type="submit" className="btn pri" disabled={save.isPending || name.trim() === ""}>
          Save search
        </button>
        <button type="button" className="btn ghost" onClick={onClose}>
          Cancel
        </button>
      </p>
    </form>
  );
}
