import { CopyField } from "../ui/CopyField";
import { Dialog } from "../ui/Dialog";

/** Two ways to pass a search on: its address, or, saved, a link with a name and a feed that can be revoked. */
export function ShareDialog({ onClose, onSave }: { onClose: () => void; onSave: () => void }) {
  return (
    <Dialog title="Share this search" onClose={onClose}>
      <div className="stack">
        <CopyField label="The address of this page" text={location.href} />
        <p className="small muted">
          Whoever opens it sees the same query and filters over what they may see. It holds no results and
          none of your private notes.
        </p>
        <p className="small">
          For a link with a name and a feed of what is new, one that you can revoke,{" "}
          <button type="button" className="link" onClick={onSave}>
            save the search
          </button>{" "}
          and share it from Saved.
        </p>
      </div>
    </Dialog>
  );
}
