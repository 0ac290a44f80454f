import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useConfirmation } from "./Confirmation";
import { device } from "./device";
import { PasskeyName } from "./PasskeyName";
import { passkeysQuery } from "./queries";
import { addPasskey, whyNot } from "./webauthn";

/** Adds a passkey under a name that tells its owner where it is. */
export function NewPasskey({ say }: { say: (words: string) => void }) {
  const cache = useQueryClient();
  const [name, setName] = useState(() => device(navigator.userAgent));
  const { first, dialog } = useConfirmation();
  const add = useMutation({
    mutationFn: () => first(() => addPasskey(name)),
    onSuccess: (passkey) => {
      say(`${passkey.name} is added. You sign in with it without your name.`);
      return cache.invalidateQueries({ queryKey: passkeysQuery.queryKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    say("");
    if (!add.isPending) add.mutate();
  };
  const problem = add.error && whyNot(add.error);
  return (
    <>
      <form className="invite" aria-label="New passkey" onSubmit={submit}>
        <PasskeyName value={name} onChange={setName} />
        <button type="submit" className="btn">
          Add a passkey
        </button>
      </form>
      {problem && (
        <div className="notice err" role="alert">
          {problem}
        </div>
      )}
      {dialog}
    </>
  );
}
