import { pieces, type Span } from "./pieces";

interface Props {
  text: string;
  /** Where the text begins in its version, in code points; the spans count from the same 0. */
  start: number;
  spans: readonly Span[];
}

/** A text with its matches marked. */
export function Marked({ text, start, spans }: Props) {
  return pieces(text, start, spans).map((piece) =>
    piece.marked ? <mark key={piece.start}>{piece.text}</mark> : piece.text,
  );
}
