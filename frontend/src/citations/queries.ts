import { queryOptions } from "@tanstack/react-query";
import { answer, client, type Schemas } from "../api/client";

export type Citation = Schemas["Citation"];

/** What each line of a text cites; nothing for texts longer than may be asked about. */
export const citationsQuery = (text: string) =>
  queryOptions({
    queryKey: ["citations", text],
    queryFn: async ({ signal }) => {
      const { citations } = await answer(
        client.GET("/api/citations", { params: { query: { text } }, signal }),
      );
      return citations;
    },
    enabled: text !== "" && text.length <= 20_000,
  });
