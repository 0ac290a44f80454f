import { useMutation } from "@tanstack/react-query";
import type { FormEvent, ReactNode } from "react";
import { asProblem } from "../api/problem";
import { Dialog } from "./Dialog";
import { ProblemNotice } from "./ProblemNotice";

interface Props {
  title: string;
  /** What the button that does it says, and the one that does not. */
  button: string;
  otherwise?: string;
  /** Whether it takes something away. */
  danger?: boolean;
  /** Whether everything that it needs is there. */
  ready?: boolean;
  act: () => Promise<unknown>;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}

/** A dialog with one deed: what it asks, a button that does it, and what went wrong. It closes when the deed is done. */
export function DeedDialog(props: Props) {
  const { title, button, otherwise = "Cancel", danger, ready = true, act, onClose, wide, children } = props;
  const deed = useMutation({ mutationFn: act, onSuccess: onClose });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready && !deed.isPending) deed.mutate();
  };
  return (
    <Dialog title={title} onClose={onClose} wide={wide}>
      <form className="stack" onSubmit={submit}>
        {deed.error && <ProblemNotice problem={asProblem(deed.error)} />}
        {children}
        <p className="row">
          <button
            type="submit"
            className={danger ? "btn danger" : "btn pri"}
            disabled={!ready || deed.isPending}
          >
            {button}
          </button>
          <button type="button" className={danger ? "btn" : "btn ghost"} onClick={onClose}>
            {otherwise}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
