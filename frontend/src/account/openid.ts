/** How signing in at the provider of OpenID Connect ended, where it did not lead back; the server names it in the address. */
export type Outcome =
  | "lost"
  | "refused"
  | "unavailable"
  | "failed"
  | "unknown"
  | "late"
  | "disabled"
  | "setup"
  | "named"
  | "others"
  | "connected";

const words: Record<Exclude<Outcome, "named">, (label: string) => string> = {
  lost: () => "That sign-in did not begin in this browser, or it took too long. Begin again.",
  refused: (label) => `${label} did not sign you in: it was cancelled there, or not allowed.`,
  unavailable: (label) => `${label} does not answer at present. Try again in a minute.`,
  failed: (label) =>
    `The answer of ${label} could not be trusted, so nobody was signed in. Try again; if that does not help, tell whoever runs this Glossator.`,
  unknown: (label) =>
    `${label} knows you, but you have no account here. Ask whoever runs this Glossator for one. If you have one, sign in and connect the two under Account.`,
  late: () => "This invitation is not good any more: it has expired, was used or revoked. Ask for another.",
  disabled: () => "Your account here is disabled. Whoever runs this Glossator can say why.",
  setup: () => "There is no account here yet. The first one is made with the link that the server printed.",
  others: (label) =>
    `That account of ${label} is connected to another account here. Sign in to that one and disconnect it first.`,
  connected: (label) => `You can sign in with ${label} from now on.`,
};

/** What an outcome of the address means; undefined for what is none. */
export function inWords(outcome: string | undefined, label: string): string | undefined {
  return outcome && Object.hasOwn(words, outcome) ? words[outcome as keyof typeof words](label) : undefined;
}
