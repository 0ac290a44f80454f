interface Props {
  /** Where the hits begin, in code points. */
  places: number[];
  total: number;
  /** Of the text, in code points. */
  length: number;
}

/** Where in the document the hits lie, from its beginning to its end. */
export function Strip({ places, total, length }: Props) {
  if (length === 0 || places.length === 0) return null;
  // Marks that would fall on the same place are drawn once.
  const marks = [...new Set(places.map((place) => Math.min(198, Math.round((place / length) * 198))))];
  return (
    <svg
      className="strip"
      viewBox="0 0 200 10"
      preserveAspectRatio="none"
      role="img"
      aria-label={`Places of ${total} ${total === 1 ? "hit" : "hits"} in the document`}
    >
      <rect className="ground" width="200" height="10" rx="2" />
      {marks.map((x) => (
        <rect key={x} className="place" x={x} width="1.6" height="10" />
      ))}
    </svg>
  );
}
