/** For the main part of a screen that waits: what takes its place takes the focus, if it had that. */
export function handOn(main: HTMLElement) {
  return () => {
    if (main === document.activeElement) {
      queueMicrotask(() => document.getElementById("main")?.focus({ preventScroll: true }));
    }
  };
}
