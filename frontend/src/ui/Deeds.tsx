import type { Told } from "./deeds";
import "./deeds.css";

interface Props {
  told: Told | undefined;
  undo: () => Promise<void>;
  redo: (operation: string) => Promise<void>;
  hide: () => void;
}

/** What was done last, at the foot of the window, with the way back. */
export function Deeds({ told, undo, redo, hide }: Props) {
  return (
    <div className="deeds noprint" role="status">
      {told && (
        <p className="card row">
          <span className="grow">{told.text}</span>
          {told.undo && (
            <button type="button" className="btn" onClick={() => void undo()}>
              Undo <span className="kbd">u</span>
            </button>
          )}
          {told.redo && (
            <button type="button" className="btn" onClick={() => void redo(told.redo ?? "")}>
              Redo
            </button>
          )}
          <button type="button" className="btn ghost" aria-label="Hide this message" onClick={hide}>
            ✕
          </button>
        </p>
      )}
    </div>
  );
}
