import { useSession } from "../account/session";
import { type Audience, audienceOf, optionOf, writable } from "./audience";

interface Props {
  label: string;
  value: Audience;
  onChange: (audience: Audience) => void;
  disabled?: boolean;
  /** Id of a group that is not offered. */
  without?: string;
  /** What the two that are no group are called. */
  names?: { private: string; public: string };
}

const usual = { private: "Private", public: "Public" };

/** Who may read: oneself, one of the groups to which one may add, everybody. */
export function AudienceSelect({ label, value, onChange, disabled, without, names = usual }: Props) {
  const session = useSession();
  const groups = writable(session).filter(({ id }) => id !== without);
  const other =
    value.visibility === "group" && !groups.some(({ id }) => id === value.group) ? value.group : undefined;
  const called = session?.groups.find(({ id }) => id === other)?.name ?? "A group";
  return (
    <select
      className="select audience"
      aria-label={label}
      disabled={disabled}
      value={optionOf(value)}
      onChange={(event) => onChange(audienceOf(event.target.value))}
    >
      <option value="private">{names.private}</option>
      {groups.map(({ id, name }) => (
        <option key={id} value={`group:${id}`}>
          {name}
        </option>
      ))}
      {other && <option value={`group:${other}`}>{called}</option>}
      <option value="public">{names.public}</option>
    </select>
  );
}
