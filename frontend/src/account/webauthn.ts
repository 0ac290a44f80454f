import { answer, client, type Schemas } from "../api/client";

export type Passkey = Schemas["Passkey"];
type Session = Schemas["Session"];

/** What newer browsers have beside what their types say. */
interface Signals {
  signalUnknownCredential?: (of: { rpId: string; credentialId: string }) => Promise<void>;
}

/** A challenge is good for five minutes; while one waits for a passkey, it is renewed before. */
const renewed = 4 * 60_000;

/** Whether this browser knows passkeys at this address: by plain HTTP from elsewhere none does. */
export function knowsPasskeys(): boolean {
  return typeof PublicKeyCredential !== "undefined" && "parseRequestOptionsFromJSON" in PublicKeyCredential;
}

/** Why no passkey was used or made, in words; undefined where somebody only changed their mind. */
export function whyNot(error: unknown): string | undefined {
  if (!(error instanceof Error)) return String(error);
  switch (error.name) {
    case "AbortError":
    case "NotAllowedError":
      return undefined;
    case "InvalidStateError":
      return "This device or password manager has a passkey for your account already.";
    case "NotSupportedError":
    case "ConstraintError":
      return "This device cannot keep a passkey that is protected by a PIN, a finger or a face.";
    case "SecurityError":
      return "The browser does not let passkeys be used at this address.";
  }
  return error.message;
}

/** Asks for a passkey and signs in by it. */
export function signInByPasskey(signal: AbortSignal): Promise<Session> {
  return ask(signal, "optional");
}

/**
 * Waits until a passkey is chosen where the browser fills in the name, and signs in
 * by it; undefined where the browser does not offer that.
 */
export async function awaitPasskey(signal: AbortSignal): Promise<Session | undefined> {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return undefined;
  for (;;) {
    try {
      return await ask(AbortSignal.any([signal, AbortSignal.timeout(renewed)]), "conditional");
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "TimeoutError")) throw error;
    }
  }
}

async function ask(signal: AbortSignal, mediation: CredentialMediationRequirement): Promise<Session> {
  const begun = await answer(client.POST("/api/session/passkey/challenge", { signal }));
  const options = begun.publicKey as unknown as PublicKeyCredentialRequestOptionsJSON;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const given = await navigator.credentials.get({ publicKey, mediation, signal });
  const credential = (given as PublicKeyCredential).toJSON();
  return answer(client.POST("/api/session/passkey", { body: { ceremony: begun.ceremony, credential } }));
}

/** Has a passkey made and adds it to the account. */
export async function addPasskey(name: string): Promise<Passkey> {
  const begun = await answer(client.POST("/api/account/passkeys/challenge"));
  const options = begun.publicKey as unknown as PublicKeyCredentialCreationOptionsJSON;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const made = await navigator.credentials.create({ publicKey });
  const credential = (made as PublicKeyCredential).toJSON();
  return answer(
    client.POST("/api/account/passkeys", { body: { ceremony: begun.ceremony, credential, name } }),
  );
}

/** Removes a passkey, and has the password manager forget it where the browser can tell it so. */
export async function removePasskey(passkey: Passkey, rpId: string): Promise<void> {
  const path = { passkey: passkey.id };
  await answer(client.DELETE("/api/account/passkeys/{passkey}", { params: { path } }));
  const { signalUnknownCredential } = (globalThis.PublicKeyCredential ?? {}) as Signals;
  await signalUnknownCredential?.call(PublicKeyCredential, { rpId, credentialId: passkey.credential }).catch(
    () => undefined, // it is removed all the same
  );
}
