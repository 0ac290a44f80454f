import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { day } from "../ui/words";
import { useConfirmation } from "./Confirmation";
import { inWords } from "./openid";
import { type Identity, identitiesQuery } from "./queries";
import { useSession } from "./session";

/** The accounts of a provider by which one signs in; nothing where there is neither a provider nor such an account. */
export function Identities() {
  const provider = useSession()?.openid;
  const { outcome } = useSearch({ from: "/account" });
  const { data, error, refetch } = useQuery(identitiesQuery);
  const { first, dialog } = useConfirmation();
  const heading = useRef<HTMLHeadingElement>(null);
  const [told, say] = useState("");
  const label = provider?.label ?? "the provider";
  const connect = useMutation({
    mutationFn: () => first(() => answer(client.POST("/api/account/identities"))),
    onSuccess: ({ address }) => location.assign(address),
  });
  if (!provider && !data?.identities.length) return null;
  const brought = inWords(outcome, label);
  const disconnected = () => {
    say("It is disconnected. Nobody signs in by it any more.");
    heading.current?.focus();
  };
  return (
    <section className="stack" aria-labelledby="identities">
      <h2 id="identities" ref={heading} tabIndex={-1}>
        Accounts elsewhere
      </h2>
      {brought && outcome !== "connected" && (
        <div className="notice err" role="alert">
          {brought}
        </div>
      )}
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      <p role="status" className="small">
        {told || (outcome === "connected" && brought)}
      </p>
      {!data && !error && <div className="bone" role="status" aria-label="Loading" style={{ height: 44 }} />}
      {data?.identities.length === 0 && (
        <p className="muted">Connect your account of {label}, and sign in with it here.</p>
      )}
      {data && data.identities.length > 0 && (
        <ul className="rows">
          {data.identities.map((one) => (
            <Row key={one.id} identity={one} onDisconnected={disconnected} />
          ))}
        </ul>
      )}
      {provider && (
        <p>
          <button type="button" className="btn" disabled={connect.isPending} onClick={() => connect.mutate()}>
            Connect {provider.label}
          </button>
        </p>
      )}
      {connect.error && <ProblemNotice problem={asProblem(connect.error)} />}
      {dialog}
    </section>
  );
}

function Row({ identity, onDisconnected }: { identity: Identity; onDisconnected: () => void }) {
  const cache = useQueryClient();
  const { first, dialog } = useConfirmation();
  const name = identity.name || new URL(identity.issuer).hostname;
  const disconnect = useMutation({
    mutationFn: () =>
      first(() =>
        answer(
          client.DELETE("/api/account/identities/{identity}", {
            params: { path: { identity: identity.id } },
          }),
        ),
      ),
    onSuccess: () => {
      onDisconnected();
      return cache.invalidateQueries({ queryKey: identitiesQuery.queryKey });
    },
  });
  return (
    <li>
      <span className="grow">
        <b>{name}</b>
        <br />
        <span className="small muted">
          {identity.issuer} · connected {day(identity.created)} ·{" "}
          {identity.used > 0 ? `last used ${day(identity.used)}` : "never used"}
        </span>
      </span>
      <button
        type="button"
        className="btn ghost"
        aria-label={`Disconnect ${name}`}
        disabled={disconnect.isPending}
        onClick={() => disconnect.mutate()}
      >
        Disconnect
      </button>
      {disconnect.error && <ProblemNotice problem={asProblem(disconnect.error)} />}
      {dialog}
    </li>
  );
}
