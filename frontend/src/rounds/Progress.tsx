import { coders, progress } from "./figures";
import type { Round } from "./queries";

/** How far each coder has come, and with which documents. */
export function Progress({ round }: { round: Round }) {
  const people = coders(round);
  const { assigned, finished } = progress(round);
  return (
    <section aria-labelledby="progress">
      <h2 id="progress">
        {finished} of {assigned} codings finished
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key */}
      <section className="scroll" tabIndex={0} aria-label="Progress by document and person">
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">Document</th>
              {people.map((person) => (
                <th key={person.id} scope="col">
                  {person.name}
                  <span className="small muted">
                    {" "}
                    {person.finished}/{person.assigned}
                  </span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {round.documents.map((document) => (
              <tr key={document.id}>
                <th scope="row">{document.title}</th>
                {people.map((person) => {
                  const coder = document.coders.find((one) => one.id === person.id);
                  return (
                    <td key={person.id}>
                      {coder &&
                        (coder.finished > 0 ? (
                          <span className="yes">✓ finished</span>
                        ) : (
                          <span className="muted">open</span>
                        ))}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
