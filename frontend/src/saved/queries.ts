import { queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";

export type SavedSearch = Schemas["SavedSearch"];
export type Share = Schemas["Share"];

export const savedKey = ["searches"];

export const savedQuery = queryOptions({
  queryKey: savedKey,
  queryFn: ({ signal }) => answer(client.GET("/api/searches", { signal })),
});

export const sharedQuery = (token: string) =>
  queryOptions({
    queryKey: ["shared", token],
    queryFn: ({ signal }) =>
      answer(client.GET("/api/shared/{token}", { params: { path: { token } }, signal })),
  });
