import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";

export type Person = Schemas["ManagedAccount"];
export type Entry = Schemas["Entry"];
export type NewEntry = Schemas["NewEntry"];
export type AuditEntry = Schemas["AuditEntry"];
export type SiteRole = Schemas["SiteRole"];

/** Roles for the whole site, from least to most. */
export const siteRoles: SiteRole[] = ["member", "editor", "administrator"];

export const peopleQuery = queryOptions({
  queryKey: ["administration", "people"],
  queryFn: ({ signal }) => answer(client.GET("/api/people", { signal })),
});

export interface AuditFilter {
  deed?: string;
  who?: string;
}

export const auditQuery = ({ deed, who }: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ["administration", "audit", deed, who],
    queryFn: ({ signal, pageParam }) =>
      answer(client.GET("/api/audit", { params: { query: { deed, who, before: pageParam } }, signal })),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => (page.entries.length === 100 ? page.entries.at(-1)?.number : undefined),
  });

export const entryQuery = (token: string) =>
  queryOptions({
    queryKey: ["entry", token],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/entry/{token}", { params: { path: { token } }, signal })),
    retry: false,
  });
