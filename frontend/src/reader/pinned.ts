import { useEffect } from "react";
import { usePins } from "../compare/tray";
import type { Sheet } from "./text";

/** Shows on the buttons of the text which of its provisions are in the tray of what is to be compared. */
export function usePinned(sheet: Sheet, version: string): void {
  const pins = usePins();
  useEffect(() => {
    const pinned = new Set(pins.filter((pin) => pin.version === version).map((pin) => pin.provision));
    for (const button of sheet.root.querySelectorAll<HTMLElement>("[data-action=pin]")) {
      button.setAttribute("aria-pressed", String(pinned.has(button.dataset.provision ?? "")));
    }
  }, [sheet, pins, version]);
}
