import { useSession } from "../account/session";
import { useTitle } from "../ui/useTitle";
import { AuditLog } from "./AuditLog";
import { People } from "./People";
import "../ui/rows.css";
import "./administration.css";

/** Who has an account, what they may do, and what was done that matters. */
export default function AdministrationScreen() {
  useTitle("Administration");
  const session = useSession();
  if (session && !session.mayManage) {
    return (
      <main id="main" className="plain stack" tabIndex={-1}>
        <h1>This is for administrators</h1>
        <p>Whoever runs this Glossator says who they are.</p>
      </main>
    );
  }
  return (
    <main id="main" className="administration" tabIndex={-1}>
      <h1>Administration</h1>
      {session && (
        <>
          <People />
          <AuditLog />
        </>
      )}
    </main>
  );
}
