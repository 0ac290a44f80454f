import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useConfirmation } from "./Confirmation";
import { mailboxQuery } from "./queries";
import { useSession } from "./session";

/** Where letters to one go; nothing where none can be sent and there is no address. */
export function Mailbox() {
  const mail = useSession()?.mail;
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery(mailboxQuery);
  const { first, dialog } = useConfirmation();
  const [address, setAddress] = useState("");
  const set = useMutation({
    mutationFn: (body: { address: string }) => first(() => answer(client.PUT("/api/account/mail", { body }))),
    onSuccess: (box) => {
      setAddress("");
      cache.setQueryData(mailboxQuery.queryKey, box);
    },
  });
  if (!mail && !data?.address) return null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate({ address: address.trim() });
  };
  return (
    <section className="stack" aria-labelledby="mailbox">
      <h2 id="mailbox">Mail</h2>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {!data && !error && <div className="bone" role="status" aria-label="Loading" style={{ height: 44 }} />}
      <p role="status">
        {data?.address && (
          <>
            Letters go to <b>{data.address}</b>.{" "}
          </>
        )}
        {data?.unshown && (
          <>
            A letter is on its way to <b>{data.unshown}</b>: open its link within a day, and letters go there.
          </>
        )}
        {data && !data.address && !data.unshown && (
          <span className="muted">With an address you can have a link sent when the password is lost.</span>
        )}
      </p>
      {mail && (
        <form className="invite" aria-labelledby="mailbox" onSubmit={submit}>
          <label className="field">
            {data?.address ? "Another address" : "Address"}
            <input
              className="input"
              type="email"
              autoComplete="email"
              required
              maxLength={254}
              value={address}
              onChange={(event) => setAddress(event.target.value)}
            />
          </label>
          <button type="submit" className="btn" disabled={set.isPending}>
            Send a letter there
          </button>
        </form>
      )}
      {data?.address && (
        <p>
          <button
            type="button"
            className="btn ghost"
            disabled={set.isPending}
            onClick={() => set.mutate({ address: "" })}
          >
            Remove {data.address}
          </button>
        </p>
      )}
      {set.error && <ProblemNotice problem={asProblem(set.error)} />}
      {dialog}
    </section>
  );
}
