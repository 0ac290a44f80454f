import { useRef, useState } from "react";
import { answer, asProblem, client } from "../api/client";

/** What is told of the last deed; `undo` and `redo` are the operation that can be taken back or done again. */
export interface Told {
  text: string;
  undo?: string;
  redo?: string;
}

/** Tells what was done on a screen and takes it back, the last deed first; an operation of "" did nothing. `outdate` forgets what was read before each. */
export function useDeeds(outdate: () => Promise<unknown>) {
  const done = useRef<string[]>([]);
  const [told, setTold] = useState<Told>();

  const did = (text: string, operation: string) => {
    if (operation) done.current.push(operation);
    setTold({ text, undo: operation || undefined });
    void outdate();
  };
  const undo = async () => {
    const operation = done.current.pop();
    if (!operation) return setTold({ text: "Nothing to undo." });
    try {
      const params = { params: { path: { operation } } };
      const back = await answer(client.POST("/api/operations/{operation}/undo", params));
      const kept = back.kept.length;
      setTold({
        text: `Undone: ${back.operation.what}${kept > 0 ? `. ${kept} changed since and stay` : ""}`,
        redo: operation,
      });
    } catch (error) {
      done.current.push(operation);
      setTold({ text: asProblem(error).message });
    }
    await outdate();
  };
  const redo = async (operation: string) => {
    try {
      const params = { params: { path: { operation } } };
      const again = await answer(client.POST("/api/operations/{operation}/redo", params));
      did(`Done again: ${again.operation.what}`, operation);
    } catch (error) {
      setTold({ text: asProblem(error).message });
    }
  };
  return { told, did, undo, redo, hide: () => setTold(undefined) };
}
