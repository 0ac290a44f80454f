import { Link, type LinkProps } from "@tanstack/react-router";
import { pageNumbers } from "./pageNumbers";

interface Props {
  label: string;
  here: number;
  last: number;
  /** Where a page is found; page 1 is undefined, as it has no number in the address. */
  to: (page: number | undefined) => Pick<LinkProps, "to" | "search">;
}

/** The way to other pages; nothing where there is only one. */
export function Pages({ label, here, last, to }: Props) {
  if (last <= 1) return null;
  // The address of the first page is part of every other's: only the same one is the current page.
  const page = (n: number) => ({ ...to(n === 1 ? undefined : n), activeOptions: { exact: true } });
  return (
    <nav className="pages" aria-label={label}>
      {here > 1 && (
        <Link className="btn" {...page(here - 1)} rel="prev">
          ← Previous
        </Link>
      )}
      <ol>
        {pageNumbers(here, last).map((n) => (
          <li key={n}>
            {n < 0 ? (
              <span className="muted">…</span>
            ) : (
              <Link
                className="page"
                {...page(n)}
                aria-label={`Page ${n}`}
                aria-current={n === here ? "page" : undefined}
              >
                {n}
              </Link>
            )}
          </li>
        ))}
      </ol>
      {here < last && (
        <Link className="btn" {...page(here + 1)} rel="next">
          Next →
        </Link>
      )}
    </nav>
  );
}
