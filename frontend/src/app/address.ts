/** What stands in the address after `?`: names with one value or several. */
export type Params = Record<string, string | string[]>;

/** Reads `?a=1&b=2&b=3`; a name that comes twice has several values. Nothing is read as JSON or as a number. */
export function readParams(query: string): Params {
  const params: Params = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const before = params[name];
    params[name] = before === undefined ? value : [before, value].flat();
  }
  return params;
}

/** Writes what readParams reads, with its `?`; empty values are left out, and nothing at all gives "". */
export function writeParams(params: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") query.append(name, String(one));
    }
  }
  const text = query.toString();
  return text && `?${text}`;
}

/** The one value of a name, the first of several, or undefined when there is none or it is empty. */
export function one(value: unknown): string | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined || first === null || first === "" ? undefined : String(first);
}

/** All values of a name, each once. */
export function several(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value];
  return [...new Set(values.filter((v) => v !== undefined && v !== null && v !== "").map(String))];
}

/** A whole number of at least 1, or undefined. */
export function positive(value: unknown): number | undefined {
  const number = Number(one(value));
  return Number.isInteger(number) && number >= 1 ? number : undefined;
}
