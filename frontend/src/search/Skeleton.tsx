const groups = [3, 2, 3];

/** The shape of the results while the first ones load. */
export function Skeleton() {
  return (
    <div aria-hidden="true">
      {groups.map((hits, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the groups never change
        <div className="grp" key={i}>
          <div className="bone b-title" />
          <div className="bone b-meta" />
          {Array.from({ length: hits }, (_, j) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change
            <div className="hit" key={j}>
              <div className="bone b-path" />
              <div className="bone b-line" />
              <div className="bone b-line short" />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
