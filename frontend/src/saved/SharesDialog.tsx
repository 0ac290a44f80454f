import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, asProblem, client } from "../api/client";
import { CopyField } from "../ui/CopyField";
import { Dialog } from "../ui/Dialog";
import { ProblemNotice } from "../ui/ProblemNotice";
import { ToldOnce } from "../ui/ToldOnce";
import { day } from "../ui/words";
import { type SavedSearch, type Share, savedKey } from "./queries";

/** The links of a saved search: a new one is told once, those that exist can be revoked. */
export function SharesDialog({ search, onClose }: { search: SavedSearch; onClose: () => void }) {
  const cache = useQueryClient();
  const again = () => cache.invalidateQueries({ queryKey: savedKey });
  const [days, setDays] = useState("0");
  const share = useMutation({
    mutationFn: () =>
      answer(
        client.POST("/api/searches/{search}/shares", {
          params: { path: { search: search.id }, query: { days: Number(days) } },
        }),
      ),
    onSuccess: again,
  });
  return (
    <Dialog title={`Share: ${search.name}`} onClose={onClose}>
      <div className="stack">
        <p className="small muted">
          Whoever opens the link sees this search, run anew with their own rights. It shows your name, the
          query and the filters, and none of your private notes. No account is needed where reading needs
          none.
        </p>
        {share.error && <ProblemNotice problem={asProblem(share.error)} />}
        {share.data ? (
          <ToldOnce what="link" advice=": copy it now.">
            <CopyField label="Link" text={location.origin + share.data.path} />
            <CopyField label="Feed of what is new (Atom)" text={location.origin + share.data.feed} />
          </ToldOnce>
        ) : (
          <p className="row">
            <label className="row">
              Good for
              <select className="select" value={days} onChange={(event) => setDays(event.target.value)}>
                <option value="0">until it is revoked</option>
                <option value="7">a week</option>
                <option value="30">30 days</option>
                <option value="365">a year</option>
              </select>
            </label>
            <button
              type="button"
              className="btn pri"
              disabled={share.isPending}
              onClick={() => share.mutate()}
            >
              Create link
            </button>
          </p>
        )}
        {search.shares.length > 0 && (
          <section aria-labelledby="links">
            <h3 id="links">Links</h3>
            <ul className="shares">
              {search.shares.map((one) => (
                <ShareItem key={one.id} search={search.id} share={one} onRevoked={again} />
              ))}
            </ul>
          </section>
        )}
      </div>
    </Dialog>
  );
}

interface ItemProps {
  search: string;
  share: Share;
  onRevoked: () => void;
}

function ShareItem({ search, share, onRevoked }: ItemProps) {
  const [asked, setAsked] = useState(false);
  const revoke = useMutation({
    mutationFn: () =>
      answer(
        client.DELETE("/api/searches/{search}/shares/{share}", {
          params: { path: { search, share: share.id } },
        }),
      ),
    onSuccess: onRevoked,
  });
  const made = `Made ${day(share.created)}`;
  if (share.revoked > 0) {
    return (
      <li className="muted">
        {made}, revoked {day(share.revoked)}
      </li>
    );
  }
  if (share.expires > 0 && share.expires <= Date.now()) {
    return (
      <li className="muted">
        {made}, expired {day(share.expires)}
      </li>
    );
  }
  return (
    <li>
      <span className="grow">
        {made}
        {share.expires > 0 && `, good until ${day(share.expires)}`}
      </span>
      {asked ? (
        <>
          <button
            type="button"
            className="btn danger"
            disabled={revoke.isPending}
            onClick={() => revoke.mutate()}
          >
            Revoke for good
          </button>
          <button type="button" className="btn ghost" onClick={() => setAsked(false)}>
            Keep
          </button>
        </>
      ) : (
        <button
          type="button"
          className="btn"
          aria-label={`Revoke the link made ${day(share.created)}`}
          onClick={() => setAsked(true)}
        >
          Revoke
        </button>
      )}
      {revoke.error && <ProblemNotice problem={asProblem(revoke.error)} />}
    </li>
  );
}
