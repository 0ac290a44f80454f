import type { ReactNode } from "react";

interface Props {
  what: "link" | "token";
  /** The rest of the sentence that begins with “It is told this once”. */
  advice: string;
  /** What it is copied from. */
  children: ReactNode;
}

/** Something secret that was made just now and is not told again. */
export function ToldOnce({ what, advice, children }: Props) {
  return (
    <div className="notice ok stack" role="status">
      <p>
        <b>The {what} is ready.</b> It is told this once{advice}
      </p>
      {children}
    </div>
  );
}
