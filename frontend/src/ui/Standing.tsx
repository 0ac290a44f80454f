/** How a document stands: in force, signed, superseded, ended, or in the words of who said it; nothing where that is not known. */
export function Standing({ document: { status } }: { document: { status?: string } }) {
  return status ? (
    <span className="standing" data-status={status}>
      {status}
    </span>
  ) : null;
}
