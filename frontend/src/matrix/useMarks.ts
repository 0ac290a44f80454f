import { useRef } from "react";
import { answer, asProblem, client } from "../api/client";
import { queries } from "../app/queries";
import { cellQuery, outdate } from "./queries";

export const visibilities = ["private", "public"] as const;
export type MarkVisibility = (typeof visibilities)[number];

/**
 * Says that documents have nothing on a concept, takes that back, and undoes what was done on this screen. An absence
 * of somebody else's stays.
 */
export function useMarks(say: (text: string) => void, visibility: MarkVisibility) {
  const done = useRef<{ operation: string; undone: string }[]>([]);

  const attempt = async (act: () => Promise<string>) => {
    try {
      say(await act());
    } catch (error) {
      say(asProblem(error).message);
    }
  };

  const remember = (operation: string | undefined, undone: string) => {
    if (operation) done.current.push({ operation, undone });
  };

  /** Marks a cell as read and absent or, if one's own mark is there, takes it off. */
  const mark = (document: string, concept: string, name: string) =>
    attempt(async () => {
      const cell = await queries.fetchQuery(cellQuery(document, concept, false));
      const own = cell.whole.find((one) => one.absent && one.editable && one.concepts.length === 1);
      if (own) {
        const { operation } = await answer(
          client.DELETE("/api/annotations/{annotation}", { params: { path: { annotation: own.id } } }),
        );
        remember(operation, `Undone: ${name} is marked as read, absent again`);
        await outdate();
        return `${name}: no longer marked as read, absent. Press u to undo.`;
      }
      const body = { document, concepts: [concept], absent: true, visibility };
      const { operation } = await answer(client.POST("/api/annotations", { body }));
      remember(operation, `Undone: ${name} is no longer marked as read, absent`);
      await outdate();
      return cell.passages.length > 0
        ? `${name}: marked as read, absent, although passages are tagged. Press u to undo.`
        : `${name}: marked as read, absent. Press u to undo.`;
    });

  const undo = () =>
    attempt(async () => {
      const last = done.current.pop();
      if (!last) return "Nothing to undo";
      await answer(
        client.POST("/api/operations/{operation}/undo", { params: { path: { operation: last.operation } } }),
      );
      await outdate();
      return last.undone;
    });

  return { mark, undo };
}
