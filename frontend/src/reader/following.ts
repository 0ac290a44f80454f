import { getRouteApi, useRouterState } from "@tanstack/react-router";
import { type MouseEvent, useEffect } from "react";
import type { Span } from "../anchor/offsets";
import type { Edition } from "./edition";
import type { Reference } from "./links";
import { referenceAt } from "./referring";
import { reveal } from "./reveal";
import type { Sheet } from "./text";

declare module "@tanstack/react-router" {
  interface HistoryState {
    /** The unit of the text at which the reader left it by a reference. */
    from?: number;
  }
}

const route = getRouteApi("/read/$document");

interface Followed {
  edition: Edition;
  sheet: Sheet;
  references: Reference[];
  /** Whether the references are links by now. */
  drawn: boolean;
  /** Goes to a provision of the text on the screen. */
  arrive: (provision: string) => void;
}

/** Follows references; whoever goes back stands, with the focus, on the one that was followed. */
export function useFollowing({ edition, sheet, references, drawn, arrive }: Followed) {
  const navigate = route.useNavigate();
  const from = useRouterState({ select: (state) => state.location.state.from });
  useEffect(() => {
    const reference = references.find((one) => one.start === from);
    if (!drawn || !reference) return;
    void reveal(edition, sheet, reference as Span);
    linkOf(sheet, references.indexOf(reference))?.focus({ preventScroll: true });
  }, [edition, sheet, references, drawn, from]);

  const follow = async (reference: Reference) => {
    await navigate({
      search: true,
      state: (state) => ({ ...state, from: reference.start }),
      replace: true,
      resetScroll: false,
    });
    const { document: other, provision: at } = reference;
    if (other) {
      const version = other.named ? other.version : undefined;
      return navigate({ to: "/read/$document", params: { document: other.id }, search: { at, version } });
    }
    await navigate({
      search: ({ q, synonyms, version }) => ({ q, synonyms, version, at }),
      state: {},
      resetScroll: false,
    });
    arrive(at);
  };

  /** Follows the reference that was clicked on, if it is for this window. */
  return (event: MouseEvent): void => {
    const reference = references[referenceAt(event.target)];
    if (!reference || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      return;
    event.preventDefault();
    void follow(reference);
  };
}

export function linkOf(sheet: Sheet, index: number): HTMLElement | null {
  return sheet.root.querySelector<HTMLElement>(`a.ref[data-reference="${index}"]`);
}
