// Made when first needed: each takes milliseconds, and this file is part of every screen.
const numbers = once(() => new Intl.NumberFormat("en"));
const days = once(() => new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" }));
const moments = once(() => new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" }));
const languages = once(() => new Intl.DisplayNames(["en"], { type: "language", fallback: "code" }));

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** 40993 as "40,993". */
export function number(value: number): string {
  return numbers().format(value);
}

/** "1 passage", "2 passages". */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** A time in milliseconds as "23 Nov 2026, 14:05". */
export function moment(time: number): string {
  return moments().format(time);
}

/** A time in milliseconds as "23 Nov 2026". */
export function day(time: number): string {
  return days().format(time);
}

/** A BCP 47 tag in words; as it is, when it is none. */
export function language(tag: string): string {
  try {
    return languages().of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** With its first letter in capitals: how a pinpoint begins a line. */
export function sentence(text: string): string {
  const [first = "", ...rest] = text;
  return first.toUpperCase() + rest.join("");
}

/** The initials of a name, one or two. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => [...(word ?? "")][0] ?? "",
  );
  return letters.join("").toUpperCase();
}
