/** The name that tells its owner where a passkey is. */
export function PasskeyName({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  return (
    <label className="field">
      What you call it
      <input
        className="input"
        required
        maxLength={100}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onFocus={(event) => event.target.select()}
      />
    </label>
  );
}
