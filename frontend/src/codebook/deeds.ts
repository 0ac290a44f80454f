import { useRef, useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { outdate } from "./queries";

/** What is told of the last deed; `undo` and `redo` are the operation that can be taken back or done again. */
export interface Told {
  text: string;
  undo?: string;
  redo?: string;
}

/** Tells what was done to the codebook and takes it back: the last deed of this screen first. */
export function useDeeds() {
  const done = useRef<string[]>([]);
  const [told, setTold] = useState<Told>();

  const did = (text: string, operation: string) => {
    done.current.push(operation);
    setTold({ text, undo: operation });
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
