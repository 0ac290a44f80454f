import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { asProblem } from "../api/client";
import { Pages } from "../ui/Pages";
import { ProblemNotice } from "../ui/ProblemNotice";
import { kinds, type Shown } from "./address";
import { Items } from "./Items";
import { disagreementsQuery, pageSize, type Round } from "./queries";
import { routes, Screen, StillOpen } from "./Screen";

/** Where coders disagree, side by side, to be decided one by one. */
export default function DisagreementsScreen() {
  const { round } = routes.disagreements.useParams();
  return (
    <Screen round={round} title="Disagreements" wide>
      {(found) => (found.closed === 0 ? <StillOpen round={found} /> : <Found round={found} />)}
    </Screen>
  );
}

function Found({ round }: { round: Round }) {
  const shown = routes.disagreements.useSearch();
  const navigate = useNavigate();
  const { data, error, refetch, dataUpdatedAt, isPlaceholderData } = useQuery(
    disagreementsQuery(round.id, shown),
  );
  const turn = (part: Partial<Shown>) =>
    void navigate({
      to: "/rounds/$round/disagreements",
      params: { round: round.id },
      search: { ...shown, page: undefined, ...part },
    });
  return (
    <div className="stack">
      <form className="row noprint" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
        <label>
          <span className="sr">Concept</span>
          <select
            className="select"
            value={shown.concept ?? ""}
            onChange={(event) => turn({ concept: event.target.value || undefined })}
          >
            <option value="">All concepts</option>
            {round.concepts.map((concept) => (
              <option key={concept.id} value={concept.id}>
                {concept.label}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className="sr">Document</span>
          <select
            className="select"
            value={shown.document ?? ""}
            onChange={(event) => turn({ document: event.target.value || undefined })}
          >
            <option value="">All documents</option>
            {round.documents.map((document) => (
              <option key={document.id} value={document.id}>
                {document.title}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className="sr">Kind</span>
          <select
            className="select"
            value={shown.kind ?? ""}
            onChange={(event) => turn({ kind: kinds.find((kind) => kind === event.target.value) })}
          >
            <option value="">Whether and where</option>
            <option value="presence">Whether it is there</option>
            <option value="extent">Where it begins and ends</option>
          </select>
        </label>
        <label>
          <span className="sr">Standing</span>
          <select
            className="select"
            value={shown.decided === undefined ? "" : String(shown.decided)}
            onChange={(event) =>
              turn({ decided: event.target.value === "" ? undefined : event.target.value === "true" })
            }
          >
            <option value="">Decided or not</option>
            <option value="false">Not decided</option>
            <option value="true">Decided</option>
          </select>
        </label>
      </form>
      {error && <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />}
      {!data && !error && (
        <p className="muted" role="status">
          Comparing…
        </p>
      )}
      {data && data.all === 0 && (
        <div className="empty">
          <p>The coders do not disagree on anything.</p>
          <p className="tiny">
            <Link to="/rounds/$round/agreement" params={{ round: round.id }}>
              The figures
            </Link>{" "}
            say on how many units that rests.
          </p>
        </div>
      )}
      {data && data.all > 0 && (
        <div className={isPlaceholderData ? "stale" : ""}>
          <Items
            key={dataUpdatedAt}
            round={round}
            items={data.disagreements}
            total={data.total}
            undecided={data.undecided}
          />
          <Pages
            label="Pages of disagreements"
            here={shown.page ?? 1}
            last={Math.ceil(data.total / pageSize)}
            to={(page) => ({ to: `/rounds/${round.id}/disagreements`, search: { ...shown, page } }) as never}
          />
        </div>
      )}
    </div>
  );
}
