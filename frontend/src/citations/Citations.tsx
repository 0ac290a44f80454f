import { useQuery } from "@tanstack/react-query";
import { asProblem } from "../api/client";
import { ProblemNotice } from "../ui/ProblemNotice";
import { CitationCard } from "./CitationCard";
import { CitationTable } from "./CitationTable";
import { citationsQuery } from "./queries";
import "./citations.css";

/** What a query cites, above what it finds: one citation in a card, a list of them in a table; nothing for an ordinary search. */
export default function Citations({ text }: { text: string }) {
  const { data, error, refetch } = useQuery(citationsQuery(text));
  const list = text.includes(";");
  if (error && list) return <ProblemNotice problem={asProblem(error)} again={() => void refetch()} />;
  if (!data) return null;
  const [first, ...others] = data.filter((citation) => citation.written);
  if (!first) return null;
  if (others.length > 0) return <CitationTable citations={data} />;
  return data.length === 1 ? <CitationCard citation={first} /> : null;
}
