import { Fragment, type ReactNode } from "react";

/**
 * A note as React nodes. Of Markdown it knows paragraphs, line breaks, emphasis, strong emphasis, code and links
 * to http and https addresses; everything else stays as written.
 */
export function Note({ text }: { text: string }) {
  return (
    <>
      {text
        .trim()
        .split(/\n\s*\n/)
        .map((paragraph, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs have no other identity
          <p key={index}>{lines(paragraph)}</p>
        ))}
    </>
  );
}

function lines(paragraph: string): ReactNode {
  return paragraph.split("\n").map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity
    <Fragment key={index}>
      {index > 0 && <br />}
      {inline(line)}
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

function inline(text: string): ReactNode[] {
  const nodes: ReactNode[] = [];
  let rest = text;
  for (let match = token.exec(rest); match; match = token.exec(rest)) {
    nodes.push(rest.slice(0, match.index), <Fragment key={nodes.length}>{styled(match)}</Fragment>);
    rest = rest.slice(match.index + match[0].length);
  }
  nodes.push(rest);
  return nodes;
}

function styled(match: RegExpExecArray): ReactNode {
  const { code, strong, star, line, label, target, bare } = match.groups ?? {};
  if (code) return <code>{code}</code>;
  if (strong) return <strong>{inline(strong)}</strong>;
  if (star || line) return <em>{inline(star || line || "")}</em>;
  const address = webAddress(target ?? bare ?? "");
  if (!address) return match[0];
  return (
    <a href={address} rel="noreferrer nofollow" target="_blank">
      {label ?? bare}
    </a>
  );
}

function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
}
