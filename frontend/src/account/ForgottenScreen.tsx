import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { useTitle } from "../ui/useTitle";
import { AccountPage } from "./AccountPage";

/** Has a link to a new password sent; it does not tell whether there is such an account. */
export default function ForgottenScreen() {
  useTitle("Forgotten password");
  const [account, setAccount] = useState("");
  const first = useRef<HTMLInputElement>(null);
  const told = useRef<HTMLHeadingElement>(null);
  const ask = useMutation({
    mutationFn: () => answer(client.POST("/api/forgotten", { body: { account: account.trim() } })),
  });
  useEffect(() => first.current?.focus(), []);
  useEffect(() => {
    if (ask.isSuccess) told.current?.focus();
  }, [ask.isSuccess]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  return (
    <AccountPage>
      {ask.isSuccess ? (
        <div className="account-form">
          <h1 ref={told} tabIndex={-1}>
            Look into your mail
          </h1>
          <p>
            If there is such an account and it has an address, a letter is on its way. Its link is good for an
            hour, and once.
          </p>
          <p className="small muted">
            Nothing after some minutes? Look among the unwanted mail, or ask whoever runs this Glossator for a
            link.
          </p>
          <Link to="/signin">Sign in</Link>
        </div>
      ) : (
        <form className="account-form" aria-labelledby="forgotten" onSubmit={submit}>
          <h1 id="forgotten">Forgotten password</h1>
          {ask.error && (
            <div className="notice err" role="alert">
              {asProblem(ask.error).message}
            </div>
          )}
          <label className="field">
            Name or address
            <input
              ref={first}
              className="input"
              autoComplete="username"
              autoCapitalize="off"
              spellCheck={false}
              required
              maxLength={254}
              value={account}
              onChange={(event) => setAccount(event.target.value)}
            />
          </label>
          <button type="submit" className="btn pri" disabled={ask.isPending}>
            Send me a link
          </button>
          <p className="small muted">
            It goes to the address in your account. <Link to="/signin">Back to sign-in</Link>
          </p>
        </form>
      )}
    </AccountPage>
  );
}
