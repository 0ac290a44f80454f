import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useSession } from "../account/session";
import { answer, asProblem, client } from "../api/client";
import { WaitingScreen } from "../app/screens";
import { AnnotationsOut } from "../exchange/Out";
import { DeedDialog } from "../ui/DeedDialog";
import { Deeds } from "../ui/Deeds";
import { Dialog } from "../ui/Dialog";
import { useDeeds } from "../ui/deeds";
import { useKeys } from "../ui/keys";
import { ProblemNotice } from "../ui/ProblemNotice";
import { useTitle } from "../ui/useTitle";
import { count, day } from "../ui/words";
import { Invitations } from "./Invitations";
import { Members } from "./Members";
import { MoveDialog } from "./MoveDialog";
import { Newest } from "./Newest";
import { type GroupDetail, groupQuery, invitable } from "./queries";
import { useRefresh } from "./refresh";
import { WordsDialog } from "./WordsDialog";
import "../ui/rows.css";
import "./groups.css";

export default function GroupScreen() {
  const { group } = useParams({ from: "/groups/$group" });
  const { data, error, refetch } = useQuery(groupQuery(group));
  useTitle(data?.name ?? "Group");
  if (error) {
    const problem = asProblem(error);
    if (problem.status === 401) return <SignInFirst group={group} />;
    if (problem.status === 404) return <Missing />;
    return (
      <main id="main" className="plain stack" tabIndex={-1}>
        <h1>The group could not be fetched</h1>
        <ProblemNotice problem={problem} again={() => void refetch()} />
      </main>
    );
  }
  if (!data) return <WaitingScreen />;
  return <Detail group={data} />;
}

function SignInFirst({ group }: { group: string }) {
  return (
    <main id="main" className="plain stack" tabIndex={-1}>
      <h1>Groups are of people with an account</h1>
      <p>
        <Link className="btn" to="/signin" search={{ return: `/groups/${group}` }}>
          Sign in
        </Link>
      </p>
    </main>
  );
}

function Missing() {
  return (
    <main id="main" className="plain stack" tabIndex={-1}>
      <h1>There is no such group among yours</h1>
      <p>
        It may have been deleted, or you are not in it. <Link to="/groups">Your groups</Link>
      </p>
    </main>
  );
}

function Detail({ group }: { group: GroupDetail }) {
  const [dialog, setDialog] = useState<"move" | "export" | "words" | "delete" | "leave">();
  const close = () => setDialog(undefined);
  const { told, did, undo, redo, hide } = useDeeds(useRefresh());
  useKeys({ u: () => void undo() });
  const owner = group.role === "owner";
  return (
    <main id="main" className="groups group" tabIndex={-1}>
      <header>
        <p className="small">
          <Link to="/groups">Groups</Link>
        </p>
        <div className="bar">
          <h1 className="grow">{group.name}</h1>
          <Link className="btn" to="/search" search={{ group: [group.name] }}>
            Search in it
          </Link>
          {group.annotations > 0 && (
            <>
              <button type="button" className="btn" onClick={() => setDialog("move")}>
                Move or copy
              </button>
              <button type="button" className="btn" onClick={() => setDialog("export")}>
                Export
              </button>
            </>
          )}
          {owner && (
            <button type="button" className="btn ghost" onClick={() => setDialog("words")}>
              Rename
            </button>
          )}
          <button type="button" className="btn ghost" onClick={() => setDialog("leave")}>
            Leave
          </button>
          {owner && (
            <button type="button" className="btn ghost danger" onClick={() => setDialog("delete")}>
              Delete
            </button>
          )}
        </div>
        {group.description && <p>{group.description}</p>}
        <p className="small muted">
          {count(group.members, "member")} · {count(group.annotations, "annotation")} · since{" "}
          {day(group.created)} · you are {group.role}
        </p>
      </header>
      <Newest group={group} />
      <div className="stack people">
        <Members group={group} />
        {invitable(group.role).length > 0 && <Invitations group={group} />}
      </div>
      <Deeds told={told} undo={undo} redo={redo} hide={hide} />
      {dialog === "move" && <MoveDialog group={group} onClose={close} onDone={did} />}
      {dialog === "export" && (
        <Dialog title={`Export ${group.name}`} onClose={close}>
          <AnnotationsOut group={group.id} />
        </Dialog>
      )}
      {dialog === "words" && <WordsDialog group={group} onClose={close} />}
      {dialog === "delete" && <DeleteDialog group={group} onClose={close} />}
      {dialog === "leave" && <LeaveDialog group={group} onClose={close} />}
    </main>
  );
}

interface DialogProps {
  group: GroupDetail;
  onClose: () => void;
}

function DeleteDialog({ group, onClose }: DialogProps) {
  const gone = useGone();
  const act = async () => {
    await answer(client.DELETE("/api/groups/{group}", { params: { path: { group: group.id } } }));
    await gone();
  };
  return (
    <DeedDialog
      title="Delete this group?"
      button={`Delete ${group.name}`}
      otherwise="Keep"
      danger
      {...{ act, onClose }}
    >
      <p>
        Nobody will be able to read its {count(group.annotations, "annotation")}, and its{" "}
        {count(group.members, "member")} will no longer see the group. Owners can restore all of it from their
        list of groups for 30 days.
      </p>
    </DeedDialog>
  );
}

function LeaveDialog({ group, onClose }: DialogProps) {
  const gone = useGone();
  const user = useSession()?.user?.id ?? "";
  const act = async () => {
    await answer(
      client.DELETE("/api/groups/{group}/members/{user}", { params: { path: { group: group.id, user } } }),
    );
    await gone();
  };
  return (
    <DeedDialog
      title="Leave this group?"
      button={`Leave ${group.name}`}
      otherwise="Stay"
      danger
      {...{ act, onClose }}
    >
      <p>
        Your annotations in <b>{group.name}</b> stay with it, and you can no longer read anything of it. To
        keep some, make them private or public first. To come back you need an invitation.
      </p>
    </DeedDialog>
  );
}

/** Leads away from a group of which one is no longer, before what is known of it is forgotten. */
function useGone(): () => Promise<void> {
  const navigate = useNavigate();
  const refresh = useRefresh();
  return async () => {
    await navigate({ to: "/groups" });
    await refresh();
  };
}
