import { useCallback, useState } from "react";
import "./status.css";

interface Said {
  text: string;
  /** Whether it is shown too, and not only read out. */
  shown: boolean;
  count: number;
}

/** Says what happened, by default on the screen too. */
export type Say = (text: string, shown?: boolean) => void;

/** Says what happened: in a live region, and for a moment on the screen if `shown`. */
export function useStatus() {
  const [said, setSaid] = useState<Said>({ text: "", shown: false, count: 0 });
  const say = useCallback((text: string, shown = true) => {
    setSaid(({ count }) => ({ text, shown, count: count + 1 }));
  }, []);
  const status = (
    <div role="status" className="said noprint">
      {said.text && (
        <span key={said.count} className={said.shown ? "shown" : "sr"}>
          {said.text}
        </span>
      )}
    </div>
  );
  return { say, status };
}
