import type { ClipboardEvent } from "react";

/** The lines of a text as one, divided by semicolons; empty ones are left out. */
export function oneLine(text: string): string {
  return text
    .split(/[\r\n]+/)
    .map((line) => line.trim().replace(/\s*;$/, ""))
    .filter(Boolean)
    .join("; ");
}

/** Pastes several lines into a field of one line without running them together; one line is left to the browser. */
export function pasteLines(event: ClipboardEvent<HTMLInputElement>, change: (text: string) => void) {
  const text = event.clipboardData.getData("text");
  if (!/[\r\n]/.test(text.trim())) return;
  event.preventDefault();
  const input = event.currentTarget;
  input.setRangeText(oneLine(text), input.selectionStart ?? 0, input.selectionEnd ?? 0, "end");
  change(input.value);
}
