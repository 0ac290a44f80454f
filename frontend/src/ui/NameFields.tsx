interface Props {
  name: string;
  onName: (name: string) => void;
  description: string;
  onDescription: (description: string) => void;
  /** How long they may be, in characters. */
  most?: { name: number; description: number };
}

const usual = { name: 200, description: 2000 };

/** What people call a thing: a name, and a description that may be left out. */
export function NameFields({ name, onName, description, onDescription, most = usual }: Props) {
  return (
    <>
      <label className="field">
        Name
        <input
          className="input"
          required
          maxLength={most.name}
          value={name}
          onChange={(event) => onName(event.target.value)}
          onFocus={(event) => event.target.select()}
        />
      </label>
      <label className="field">
        Description (may be left out)
        <textarea
          className="input"
          maxLength={most.description}
          value={description}
          onChange={(event) => onDescription(event.target.value)}
        />
      </label>
    </>
  );
}
