import { queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";

export type Role = Schemas["GroupRole"];
export type GroupSummary = Schemas["GroupSummary"];
export type GroupDetail = Schemas["GroupDetail"];
export type Member = GroupDetail["people"][number];
export type Invitation = Schemas["Invitation"];

/** Everything that is known of groups. */
export const groupsKey = ["groups"];

export const groupsQuery = queryOptions({
  queryKey: [...groupsKey, "all"],
  queryFn: ({ signal }) => answer(client.GET("/api/groups", { signal })),
});

export const groupQuery = (group: string) =>
  queryOptions({
    queryKey: [...groupsKey, "one", group],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/groups/{group}", { params: { path: { group } }, signal })),
  });

export const invitedQuery = (token: string) =>
  queryOptions({
    queryKey: [...groupsKey, "invited", token],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/invitations/{token}", { params: { path: { token } }, signal })),
  });

/** Roles, from least to most, and what each may that those before it may not. */
export const roles: Record<Role, string> = {
  reader: "reads what is in the group",
  annotator: "and adds to it",
  editor: "and changes and deletes what is in it, and invites readers and annotators",
  owner: "and says who is in it, renames it and deletes it",
};
export const roleNames = Object.keys(roles) as Role[];

/** Whether a role may what another may. */
export function atLeast(role: Role, other: Role): boolean {
  return roleNames.indexOf(role) >= roleNames.indexOf(other);
}

/** The roles to which somebody with a role may invite. */
export function invitable(role: Role): Role[] {
  if (role === "owner") return roleNames;
  return role === "editor" ? ["reader", "annotator"] : [];
}
