import { Link, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef } from "react";
import { useSession } from "../account/session";
import { pinAddress, usePins } from "../compare/tray";
import { QueryBox } from "../search/QueryBox";
import { initials } from "../ui/words";
import { ThemeButton } from "./ThemeButton";

const SignedIn = lazy(() => import("../account/SignedIn"));

export function Header({ onHelp }: { onHelp: () => void }) {
  return (
    <header className="top">
      <Link className="logo" to="/">
        Gloss<b>ator</b>
      </Link>
      <nav className="nav" aria-label="Main">
        <Places />
      </nav>
      <QueryBox />
      <span className="grow" />
      <ThemeButton />
      <button type="button" className="btn ghost square" aria-label="Help and keys" onClick={onHelp}>
        ?
      </button>
      <Account onHelp={onHelp} />
    </header>
  );
}

function Places() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const pins = usePins();
  return (
    <>
      <Link to="/search" aria-current={path === "/" ? "page" : undefined}>
        Search
      </Link>
      <Link to="/library">Library</Link>
      <Link to="/matrix">Matrix</Link>
      <Link to="/codebook">Codebook</Link>
      {pins.length > 0 && (
        <Link to="/compare" search={{ p: pins.map(pinAddress) }} activeOptions={{ includeSearch: false }}>
          Compare <span className="pins">{pins.length}</span>
        </Link>
      )}
      <Link to="/saved">Saved</Link>
    </>
  );
}

/** The account and, where the header has no room for them, the places and the help. */
function Account({ onHelp }: { onHelp: () => void }) {
  const session = useSession();
  const menu = useRef<HTMLDivElement>(null);
  const { pathname, href } = useRouterState({ select: (state) => state.location });
  const signedIn = session?.signedIn;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the address or the account changes
  useEffect(() => menu.current?.hidePopover?.(), [href, signedIn]);
  const back = pathname === "/signin" || pathname === "/setup" ? undefined : href;
  return (
    <>
      {session && !session.signedIn && (
        <Link className="btn signin" to="/signin" search={{ return: back }}>
          Sign in
        </Link>
      )}
      <button
        type="button"
        className={session?.user ? "av" : "av stranger"}
        popoverTarget="menu"
        aria-label={session?.user ? `Account of ${session.user.name}` : "Menu"}
      >
        {session?.user ? initials(session.user.name) : "☰"}
      </button>
      <div ref={menu} id="menu" popover="auto" className="menu card">
        <nav className="narrow" aria-label="Places">
          <Places />
          <button type="button" onClick={onHelp}>
            Help and keys
          </button>
        </nav>
        {session?.user ? (
          <Suspense>
            <SignedIn name={session.user.name} role={session.user.role} />
          </Suspense>
        ) : (
          <Link className="narrow" to="/signin" search={{ return: back }}>
            Sign in
          </Link>
        )}
      </div>
    </>
  );
}
