import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { asProblem, type Schemas } from "../api/client";
import { Chip } from "../ui/Chip";
import { ProblemNotice } from "../ui/ProblemNotice";
import { count, number } from "../ui/words";
import { coefficient, share } from "./figures";
import { agreementQuery, type Round } from "./queries";
import { routes, Screen, StillOpen } from "./Screen";

type Agreement = Schemas["Agreement"];
type Figures = Schemas["AgreementFigures"];
type Unit = "passages" | "characters";

/** How far the coders of a closed round agree. */
export default function AgreementScreen() {
  const { round } = routes.agreement.useParams();
  const { by } = routes.agreement.useSearch();
  return (
    <Screen round={round} title="Agreement" wide>
      {(found) =>
        found.closed === 0 ? <StillOpen round={found} /> : <Found round={found} unit={by ?? "passages"} />
      }
    </Screen>
  );
}

function Found({ round, unit }: { round: Round; unit: Unit }) {
  const { data, error, refetch } = useQuery(agreementQuery(round.id));
  if (error) return <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />;
  if (!data)
    return (
      <p className="muted" role="status">
        Comparing…
      </p>
    );
  const all = data.overall[unit];
  return (
    <div className="stack">
      <p className="verdict">{all.words}</p>
      {data.waiting > 0 && (
        <p className="notice">
          {count(data.waiting, "coding")} not finished: {data.waiting === 1 ? "it does" : "they do"} not
          count.
        </p>
      )}
      {round.reopened > 0 && (
        <p className="notice">
          The round was opened again after coders could see each other's tags: agreement tells less.
        </p>
      )}
      <div className="bar noprint">
        <nav className="tabs small-tabs" aria-label="Unit">
          <Link
            to="/rounds/$round/agreement"
            params={{ round: round.id }}
            search={{}}
            activeOptions={{ exact: true }}
            aria-current={unit === "passages" ? "page" : undefined}
          >
            By passage
          </Link>
          <Link
            to="/rounds/$round/agreement"
            params={{ round: round.id }}
            search={{ by: "characters" }}
            aria-current={unit === "characters" ? "page" : undefined}
          >
            By character
          </Link>
        </nav>
        <span className="grow" />
        <a className="btn" href={`/api/rounds/${round.id}/agreement/export`} download>
          Export CSV
        </a>
      </div>
      <Table round={round} data={data} unit={unit} />
      {data.coders.length > 2 && <Pairs figures={all} />}
      <Explained unit={unit} coders={data.coders.length} />
    </div>
  );
}

function Table({ round, data, unit }: { round: Round; data: Agreement; unit: Unit }) {
  const two = data.coders.length === 2;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
    <section className="scroll" tabIndex={0} aria-label="Agreement by concept">
      <table className="figures">
        <thead>
          <tr>
            <th scope="col">Concept</th>
            <th scope="col">Alpha</th>
            {two && <th scope="col">Kappa</th>}
            <th scope="col">Agree</th>
            <th scope="col">Tagged</th>
            <th scope="col">{unit === "passages" ? "Passages" : "Characters"}</th>
            <th scope="col">In words</th>
          </tr>
        </thead>
        <tbody>
          {data.concepts.map((of) => (
            <tr key={of.concept?.id}>
              <th scope="row">
                <Link
                  to="/rounds/$round/disagreements"
                  params={{ round: round.id }}
                  search={{ concept: of.concept?.id }}
                >
                  <Chip family={of.concept?.family ?? 1}>{of.concept?.label}</Chip>
                </Link>
              </th>
              <Cells figures={of[unit]} two={two} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All concepts</th>
            <Cells figures={data.overall[unit]} two={two} />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function Cells({ figures, two }: { figures: Figures; two: boolean }) {
  return (
    <>
      <td className="num">{coefficient(figures.alpha)}</td>
      {two && <td className="num">{coefficient(figures.kappa)}</td>}
      <td className="num">{share(figures.percent)}</td>
      <td className="num">{share(figures.yes)}</td>
      <td className="num">{number(figures.units)}</td>
      <td className="words">{figures.words}</td>
    </>
  );
}

/** Two by two, where there are more than two coders: who reads differently shows here. */
function Pairs({ figures }: { figures: Figures }) {
  return (
    <section aria-labelledby="pairs">
      <h2 id="pairs">Two by two, all concepts</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <section className="scroll" tabIndex={0} aria-label="Agreement of pairs">
        <table className="figures">
          <thead>
            <tr>
              <th scope="col">Coders</th>
              <th scope="col">Units</th>
              <th scope="col">Agree</th>
              <th scope="col">Kappa</th>
            </tr>
          </thead>
          <tbody>
            {figures.pairs.map((pair) => (
              <tr key={pair.first.id + pair.second.id}>
                <th scope="row">
                  {pair.first.name} and {pair.second.name}
                </th>
                <td className="num">{number(pair.units)}</td>
                <td className="num">{share(pair.percent)}</td>
                <td className="num">{coefficient(pair.kappa)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Explained({ unit, coders }: { unit: Unit; coders: number }) {
  return (
    <details className="explained">
      <summary>What the figures mean</summary>
      <dl>
        <dt>{unit === "passages" ? "By passage" : "By character"}</dt>
        <dd>
          {unit === "passages"
            ? "A passage counts as tagged if a tag covers any part of it. Where exactly the tag begins and ends plays no part."
            : "Every character of the text is asked whether it is tagged: where a tag begins and ends plays its part."}{" "}
          Only texts that two people or more have finished count.
        </dd>
        <dt>Tagged</dt>
        <dd>
          How much of what the coders said is “it is here”. Of a rare concept the percentage says little.
        </dd>
        <dt>Agree</dt>
        <dd>
          The share on which two coders say the same{coders > 2 && ", on average over the pairs of coders"}.
          What they would agree on by chance is in it.
        </dd>
        <dt>Kappa</dt>
        <dd>
          Agreement of two coders beyond chance, each with their own habits: 1 is full agreement, 0 is chance
          (J. Cohen, 1960).
        </dd>
        <dt>Alpha</dt>
        <dd>
          The same idea for any number of coders, and where some have not finished (K. Krippendorff, 2011).
          From 0.800 on the coding is reliable; from 0.667 on it allows tentative conclusions.
        </dd>
        <dt>Not defined</dt>
        <dd>
          Where everybody says the same of everything, agreement beyond chance cannot be told: there is no
          figure, not a perfect one.
        </dd>
      </dl>
    </details>
  );
}
