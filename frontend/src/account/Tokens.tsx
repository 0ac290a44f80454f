import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { CopyField } from "../ui/CopyField";
import { ProblemNotice } from "../ui/ProblemNotice";
import { ToldOnce } from "../ui/ToldOnce";
import { day } from "../ui/words";
import { type Scope, scopes, type Token, tokensQuery } from "./queries";

/** Tokens by which programs act for one: a new one is told once, those that exist can be revoked. */
export function Tokens() {
  const { data, error, refetch } = useQuery(tokensQuery);
  return (
    <section className="stack" aria-labelledby="tokens">
      <h2 id="tokens">API tokens</h2>
      <p className="small muted">
        A program that sends one acts for you, as far as the token lets it. Revoke what you no longer use.
      </p>
      <NewToken />
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {!data && !error && <div className="bone" role="status" aria-label="Loading" style={{ height: 44 }} />}
      {data?.tokens.length === 0 && <p className="muted">You have none.</p>}
      {data && data.tokens.length > 0 && (
        <ul className="rows">
          {data.tokens.map((one) => (
            <Row key={one.id} token={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function NewToken() {
  const cache = useQueryClient();
  const [name, setName] = useState("");
  const [scope, setScope] = useState<Scope>("read");
  const [days, setDays] = useState("90");
  const make = useMutation({
    mutationFn: () =>
      answer(client.POST("/api/account/tokens", { body: { name, scope, days: Number(days) } })),
    onSuccess: () => {
      setName("");
      return cache.invalidateQueries({ queryKey: tokensQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate();
  };
  return (
    <>
      <form className="invite" aria-label="New API token" onSubmit={submit}>
        <label className="field">
          What it is for
          <input
            className="input"
            required
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label className="field">
          It may
          <select
            className="select"
            value={scope}
            onChange={(event) => setScope(event.target.value as Scope)}
          >
            {Object.entries(scopes).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          Good for
          <select className="select" value={days} onChange={(event) => setDays(event.target.value)}>
            <option value="7">a week</option>
            <option value="30">30 days</option>
            <option value="90">90 days</option>
            <option value="365">a year</option>
            <option value="0">until it is revoked</option>
          </select>
        </label>
        <button type="submit" className="btn" disabled={make.isPending}>
          Make token
        </button>
      </form>
      {make.error && <ProblemNotice problem={asProblem(make.error)} />}
      {make.data && (
        <ToldOnce what="token" advice=": copy it now and keep it like a password.">
          <CopyField label="Token" text={make.data.secret} />
        </ToldOnce>
      )}
    </>
  );
}

function Row({ token }: { token: Token }) {
  const cache = useQueryClient();
  const revoke = useMutation({
    mutationFn: () =>
      answer(client.DELETE("/api/account/tokens/{token}", { params: { path: { token: token.id } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: tokensQuery.queryKey }),
  });
  const over = standing(token);
  return (
    <li className={over ? "muted" : undefined}>
      <span className="grow">
        <b>{token.name}</b>
        <br />
        <span className="small muted">
          may {scopes[token.scope].replace(/\bI\b/, "you")} · made {day(token.created)} ·{" "}
          {token.used > 0 ? `last used ${day(token.used)}` : "never used"} · {over || end(token)}
        </span>
      </span>
      {!over && (
        <button
          type="button"
          className="btn ghost"
          aria-label={`Revoke the token ${token.name}`}
          disabled={revoke.isPending}
          onClick={() => revoke.mutate()}
        >
          Revoke
        </button>
      )}
      {revoke.error && <ProblemNotice problem={asProblem(revoke.error)} />}
    </li>
  );
}

function end({ expires }: Token): string {
  return expires > 0 ? `good until ${day(expires)}` : "good until it is revoked";
}

/** Why a token is no longer good, "" while it is. */
function standing({ revoked, expires }: Token): string {
  if (revoked > 0) return `revoked ${day(revoked)}`;
  return expires > 0 && expires <= Date.now() ? `expired ${day(expires)}` : "";
}
