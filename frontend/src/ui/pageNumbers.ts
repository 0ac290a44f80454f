/** The pages to offer: the first, the last and those around the one that is shown; a negative number is a gap. */
export function pageNumbers(here: number, last: number): number[] {
  const wanted = [1, here - 2, here - 1, here, here + 1, here + 2, last];
  const pages = [...new Set(wanted)].filter((page) => page >= 1 && page <= last).sort((a, b) => a - b);
  return pages.flatMap((page, i) => {
    const before = pages[i - 1] ?? 0;
    if (page - before === 2) return [page - 1, page];
    return page - before > 2 ? [-page, page] : [page];
  });
}
