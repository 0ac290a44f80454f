import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import type { Problem, Schemas } from "../api/client";

export type Credentials = Schemas["Credentials"];

interface Props {
  title: string;
  action: string;
  /** Whether the password is chosen here, as opposed to known. */
  newPassword: boolean;
  name: string;
  /** Left out where the name is given. */
  onName?: (name: string) => void;
  problem: Problem | undefined;
  busy: boolean;
  onSubmit: (credentials: Credentials) => void;
  children: ReactNode;
}

/** A name and a password; what was wrong is told above them. */
export function CredentialsForm(props: Props) {
  const { title, action, newPassword, name, onName, problem, busy, onSubmit, children } = props;
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const id = useId();
  const first = useRef<HTMLInputElement>(null);
  const told = useRef<HTMLDivElement>(null);
  useEffect(() => first.current?.focus(), []);
  useEffect(() => {
    if (problem) told.current?.focus();
  }, [problem]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit({ name: name.trim(), password });
  };
  const wrong =
    problem !== undefined && problem.status >= 400 && problem.status < 500 && problem.status !== 429;
  return (
    <form className="account-form" aria-labelledby={`${id}-title`} onSubmit={submit}>
      <h1 id={`${id}-title`}>{title}</h1>
      {problem && (
        <div ref={told} className="notice err" role="alert" tabIndex={-1} id={`${id}-problem`}>
          {problem.message}
        </div>
      )}
      <label className="field">
        Name
        <input
          ref={first}
          className="input"
          autoComplete={newPassword ? "username" : "username webauthn"}
          autoCapitalize="off"
          spellCheck={false}
          required
          maxLength={100}
          aria-invalid={wrong || undefined}
          aria-describedby={problem && `${id}-problem`}
          value={name}
          readOnly={!onName}
          onChange={(event) => onName?.(event.target.value)}
        />
      </label>
      <div className="field">
        <span className="row">
          <label htmlFor={`${id}-password`} className="grow">
            Password
          </label>
          <button type="button" className="link small" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {shown ? "Hide" : "Show"}
          </button>
        </span>
        <input
          id={`${id}-password`}
          className="input"
          type={shown ? "text" : "password"}
          autoComplete={newPassword ? "new-password" : "current-password"}
          required
          maxLength={1000}
          aria-invalid={wrong || undefined}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </div>
      <button type="submit" className="btn pri" disabled={busy}>
        {action}
      </button>
      {children}
    </form>
  );
}
