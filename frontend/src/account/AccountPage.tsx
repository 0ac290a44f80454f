import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { statusQuery } from "../search/queries";
import { number } from "../ui/words";
import "./account.css";

/** What is here on one side, a form on the other. */
export function AccountPage({ children }: { children: ReactNode }) {
  const { data: status } = useQuery(statusQuery);
  return (
    <main id="main" className="account" tabIndex={-1}>
      <div className="account-about">
        <blockquote>
          {status && status.documents > 0
            ? `${number(status.documents)} documents, ${number(status.passages)} passages. Find them, read them, gloss them.`
            : "Find the provision, read it in its place, gloss it."}
        </blockquote>
        <p className="muted">
          The glossators of Bologna wrote in the margins of the law. An account keeps your margins: tags,
          notes and saved searches.
        </p>
      </div>
      <div className="account-main">{children}</div>
    </main>
  );
}
