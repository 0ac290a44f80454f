import { Outlet, useNavigate, useRouter, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useSession } from "../account/session";
import { useKeys } from "../ui/keys";
import { Header } from "./Header";
import { removePrerendered } from "./prerendered";
import "./shell.css";

const HelpDialog = lazy(() => import("../help/HelpDialog"));

/** What stands around every screen: the way past the header, the header, the keys that act everywhere, the help. */
export function Shell() {
  const [help, setHelp] = useState(false);
  const navigate = useNavigate();
  useKeys({
    "/": () => focusQuery(),
    "?": () => setHelp(true),
    "g s": () => void navigate({ to: "/search" }),
    "g l": () => void navigate({ to: "/library" }),
    "g m": () => void navigate({ to: "/matrix" }),
    "g c": () => void navigate({ to: "/compare" }),
    "g v": () => void navigate({ to: "/saved" }),
  });
  useFocusOnArrival();
  useClosedDoor();
  usePrerendered();
  return (
    <>
      <a className="skip" href="#main">
        Skip to main content
      </a>
      <Header onHelp={() => setHelp(true)} />
      <Outlet />
      {help && (
        <Suspense>
          <HelpDialog onClose={() => setHelp(false)} />
        </Suspense>
      )}
    </>
  );
}

function focusQuery() {
  const box = document.querySelector<HTMLInputElement>("#query");
  box?.focus();
  box?.select();
}

/**
 * Another screen takes the focus to its main part, unless it has taken it somewhere in there itself, so that screen
 * readers and the keyboard go on from there.
 */
function useFocusOnArrival() {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ pathChanged, fromLocation }) => {
        const main = document.getElementById("main");
        const taken = main !== document.activeElement && main?.contains(document.activeElement);
        if (pathChanged && fromLocation && !taken) main?.focus({ preventScroll: true });
      }),
    [router],
  );
}

/** The text in the page is for the address that the page was asked for alone. */
function usePrerendered() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address has another text
  useEffect(() => () => void removePrerendered(), [path]);
}

/** Where strangers may not read, they are led to the sign-in and come back from it. */
function useClosedDoor() {
  const session = useSession();
  const navigate = useNavigate();
  const { pathname, href } = useRouterState({ select: (state) => state.location });
  const shut = session !== undefined && !session.open && !session.signedIn;
  useEffect(() => {
    if (shut && pathname !== "/signin" && pathname !== "/setup") {
      void navigate({ to: "/signin", search: { return: href }, replace: true });
    }
  }, [shut, pathname, href, navigate]);
}
