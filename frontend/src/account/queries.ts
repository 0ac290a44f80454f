import { queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";

export type OwnSession = Schemas["OwnSession"];
export type Token = Schemas["Token"];
export type Identity = Schemas["Identity"];
export type Scope = Schemas["Scope"];

export const sessionsQuery = queryOptions({
  queryKey: ["account", "sessions"],
  queryFn: ({ signal }) => answer(client.GET("/api/account/sessions", { signal })),
});

export const passkeysQuery = queryOptions({
  queryKey: ["account", "passkeys"],
  queryFn: ({ signal }) => answer(client.GET("/api/account/passkeys", { signal })),
});

export const tokensQuery = queryOptions({
  queryKey: ["account", "tokens"],
  queryFn: ({ signal }) => answer(client.GET("/api/account/tokens", { signal })),
});

export const identitiesQuery = queryOptions({
  queryKey: ["account", "identities"],
  queryFn: ({ signal }) => answer(client.GET("/api/account/identities", { signal })),
});

export const mailboxQuery = queryOptions({
  queryKey: ["account", "mail"],
  queryFn: ({ signal }) => answer(client.GET("/api/account/mail", { signal })),
});

/** What a token may do, from least to most. */
export const scopes: Record<Scope, string> = {
  read: "read what I may read",
  annotate: "read and annotate",
  everything: "everything that I may do",
};
