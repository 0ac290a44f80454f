import type { Schemas } from "../api/client";

type Session = Schemas["Session"];

/** Who may read an annotation. */
export interface Audience {
  visibility: "private" | "group" | "public";
  /** id of the group, if it is for one */
  group?: string;
}

/** An audience as the value of an option. */
export function optionOf({ visibility, group }: Audience): string {
  return visibility === "group" ? `group:${group}` : visibility;
}

/** The audience of an option; private, if it is none. */
export function audienceOf(value: string): Audience {
  if (value.startsWith("group:")) return { visibility: "group", group: value.slice("group:".length) };
  return { visibility: value === "public" ? "public" : "private" };
}

/** The groups to which one may add. */
export function writable(session: Session | undefined): Session["groups"] {
  return session?.groups.filter(({ role }) => role !== "reader") ?? [];
}

/** Where what is for an audience is, after "is". */
export function whereTo({ visibility, group }: Audience, session: Session | undefined): string {
  if (visibility !== "group") return visibility;
  return `in ${session?.groups.find(({ id }) => id === group)?.name ?? "a group"}`;
}
