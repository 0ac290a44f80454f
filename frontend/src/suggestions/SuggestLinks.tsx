import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { conceptsQuery } from "../reader/data";

/** From a search for concepts to what may belong to them too. */
export default function SuggestLinks({ labels }: { labels: string[] }) {
  const concepts = useQuery(conceptsQuery).data?.concepts ?? [];
  const wanted = labels.map((label) => label.toLowerCase());
  return concepts
    .filter(({ label }) => wanted.includes(label.toLowerCase()))
    .map(({ id, label }) => (
      <p key={id} className="small">
        <Link to="/suggestions/$concept" params={{ concept: id }}>
          Suggestions for {label}
        </Link>
      </p>
    ));
}
