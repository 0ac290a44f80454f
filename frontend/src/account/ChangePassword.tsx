import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { sessionsQuery } from "./queries";

/** Another password, for whoever knows the present one. */
export function ChangePassword() {
  const cache = useQueryClient();
  const [password, setPassword] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation({
    mutationFn: () => answer(client.PUT("/api/account/password", { body: { password, next } })),
    onSuccess: () => {
      setPassword("");
      setNext("");
      return cache.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <section className="stack" aria-labelledby="password">
      <h2 id="password">Password</h2>
      <form className="invite" aria-labelledby="password" onSubmit={submit}>
        <label className="field">
          Present password
          <input
            className="input"
            type="password"
            autoComplete="current-password"
            required
            maxLength={1000}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        <label className="field">
          New password
          <input
            className="input"
            type="password"
            autoComplete="new-password"
            required
            minLength={10}
            maxLength={1000}
            aria-describedby="password-hint"
            value={next}
            onChange={(event) => setNext(event.target.value)}
          />
        </label>
        <button type="submit" className="btn" disabled={change.isPending}>
          Change password
        </button>
      </form>
      <p id="password-hint" className="small muted">
        Ten characters or more. Everywhere else you are signed out; passkeys and API tokens stay good.
      </p>
      {change.error && <ProblemNotice problem={asProblem(change.error)} />}
      <p role="status" className="small">
        {change.isSuccess ? "The password is changed." : ""}
      </p>
    </section>
  );
}
