import { Fragment, type ReactNode } from "react";
import type { Span } from "../anchor/offsets";
import { Marked } from "../ui/Marked";

interface Props {
  text: string;
  /** What of it was found, in code points. */
  spans?: Span[];
}

/**
 * A note as React nodes. Of Markdown it knows paragraphs, line breaks, emphasis, strong emphasis, code and links
 * to http and https addresses; everything else stays as written.
 */
export function Note({ text, spans }: Props) {
  const leaf = leafOf(spans);
  return located(text, /(\n\s*\n)/, 0).map(({ part, at }) =>
    part.trim() === "" ? null : <p key={at}>{lines(part.trim(), at + leading(part), leaf)}</p>,
  );
}

/** A stretch of a note, which begins `start` code points after the note does, in one line. */
export function NoteExcerpt({ text, start, spans }: Required<Props> & { start: number }) {
  return inline(text.replaceAll("\n", " "), start, leafOf(spans));
}

/** Shows words that begin so many code points after the note does. */
type Leaf = (words: string, at: number) => ReactNode;

function leafOf(spans: Span[] = []): Leaf {
  return (words, at) => (spans.length > 0 ? <Marked text={words} start={at} spans={spans} /> : words);
}

/** The parts of a text between what separates them, each with the code points before it. */
function located(text: string, separator: RegExp, start: number): { part: string; at: number }[] {
  let at = start;
  return text.split(separator).flatMap((part, index) => {
    const own = { part, at };
    at += points(part);
    return index % 2 === 0 ? [own] : [];
  });
}

const points = (text: string) => [...text].length;
const leading = (text: string) => points(text) - points(text.trimStart());

function lines(paragraph: string, start: number, leaf: Leaf): ReactNode {
  return located(paragraph, /(\n)/, start).map(({ part, at }) => (
    <Fragment key={at}>
      {at > start && <br />}
      {inline(part, at, leaf)}
    </Fragment>
  ));
}

/**
 * What is looked for at each character. No search for an end that may be missing goes further than 2,000 characters:
 * the work grows with the length of a note and no faster, whatever is written into it.
 */
const token = new RegExp(
  [
    /`(?<code>[^`]{1,2000})`/,
    /\*\*(?<strong>\S(?:.{0,2000}?\S)?)\*\*/,
    /\*(?<star>\S(?:[^*]{0,2000}?[^*\s])?)\*/,
    /(?<![\p{L}\p{N}])_(?<line>\S(?:[^_]{0,2000}?[^_\s])?)_(?![\p{L}\p{N}])/u,
    /\[(?<label>[^\]]{1,2000})\]\((?<target>[^\s()]+)\)/,
    /(?<bare>https?:\/\/[^\s<>()]*[^\s<>().,;:!?'"])/,
  ]
    .map((part) => part.source)
    .join("|"),
  "u",
);

function inline(text: string, start: number, leaf: Leaf): ReactNode[] {
  const nodes: ReactNode[] = [];
  let rest = text;
  let at = start;
  const add = (node: (at: number) => ReactNode, words: string) => {
    if (words !== "") nodes.push(<Fragment key={at}>{node(at)}</Fragment>);
    at += points(words);
  };
  for (let match = token.exec(rest); match; match = token.exec(rest)) {
    const before = rest.slice(0, match.index);
    const found = match;
    add((at) => leaf(before, at), before);
    add((at) => styled(found, at, leaf), found[0]);
    rest = rest.slice(match.index + match[0].length);
  }
  add((at) => leaf(rest, at), rest);
  return nodes;
}

function styled(match: RegExpExecArray, at: number, leaf: Leaf): ReactNode {
  const { code, strong, star, line, label, target, bare } = match.groups ?? {};
  if (code) return <code>{leaf(code, at + 1)}</code>;
  if (strong) return <strong>{inline(strong, at + 2, leaf)}</strong>;
  if (star || line) return <em>{inline(star || line || "", at + 1, leaf)}</em>;
  const address = webAddress(target ?? bare ?? "");
  if (!address) return leaf(match[0], at);
  return (
    <a href={address} rel="noreferrer nofollow" target="_blank">
      {label ? leaf(label, at + 1) : leaf(bare ?? "", at)}
    </a>
  );
}

function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
}
