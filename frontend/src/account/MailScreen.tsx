import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { answer, asProblem, client } from "../api/client";
import { useTitle } from "../ui/useTitle";
import { AccountPage } from "./AccountPage";
import { mailboxQuery } from "./queries";

/** Shows by a link in a letter that its address is one's own. A press is asked for: programs that look at mail open links. */
export default function MailScreen() {
  useTitle("Your address");
  const { token } = useParams({ from: "/mail/$token" });
  const cache = useQueryClient();
  const show = useMutation({
    mutationFn: () => answer(client.POST("/api/mail/{token}", { params: { path: { token } } })),
    onSuccess: () => cache.invalidateQueries({ queryKey: mailboxQuery.queryKey }),
  });
  return (
    <AccountPage>
      <div className="account-form">
        <h1>Is this your address?</h1>
        {show.error && (
          <div className="notice err" role="alert">
            {asProblem(show.error).message}
          </div>
        )}
        <p role="status">
          {show.data
            ? `Letters go to ${show.data.address} from now on.`
            : "A letter with this link was sent to you, so that letters to your account can go there."}
        </p>
        {show.data ? (
          <Link to="/account">Account</Link>
        ) : (
          <button type="button" className="btn pri" disabled={show.isPending} onClick={() => show.mutate()}>
            Yes, send letters here
          </button>
        )}
      </div>
    </AccountPage>
  );
}
