interface Props {
  name: string;
  onName: (name: string) => void;
  description: string;
  onDescription: (description: string) => void;
}

/** What people say of a saved search: a name, and a description that may be left out. */
export function NameFields({ name, onName, description, onDescription }: Props) {
  return (
    <>
      <label className="field">
        Name
        <input
          className="input"
          required
          maxLength={200}
          value={name}
          onChange={(event) => onName(event.target.value)}
          onFocus={(event) => event.target.select()}
        />
      </label>
      <label className="field">
        Description (may be left out)
        <textarea
          className="input"
          maxLength={2000}
          value={description}
          onChange={(event) => onDescription(event.target.value)}
        />
      </label>
    </>
  );
}
