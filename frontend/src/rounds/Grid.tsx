/** Who codes which document: the names of coders by the id of the document. */
export type Given = Record<string, string[]>;

interface Props {
  documents: { id: string; title: string }[];
  people: string[];
  given: Given;
  onChange: (given: Given) => void;
}

/** Documents by people, a box for each. */
export function Grid({ documents, people, given, onChange }: Props) {
  const turn = (document: string, person: string, on: boolean) => {
    const others = (given[document] ?? []).filter((name) => name !== person);
    onChange({ ...given, [document]: on ? [...others, person] : others });
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
    <section className="scroll" tabIndex={0} aria-label="Who codes what">
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">Document</th>
            {people.map((person) => (
              <th key={person} scope="col">
                {person}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {documents.map(({ id, title }) => (
            <tr key={id}>
              <th scope="row">{title}</th>
              {people.map((person) => (
                <td key={person}>
                  <input
                    type="checkbox"
                    aria-label={`${person} codes ${title}`}
                    checked={(given[id] ?? []).includes(person)}
                    onChange={(event) => turn(id, person, event.target.checked)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
