/** For the main part of a screen that another takes the place of without a press: that takes the focus, if it had it. */
export function handOn(main: HTMLElement) {
  return () => {
    if (main === document.activeElement) {
      queueMicrotask(() => document.getElementById("main")?.focus({ preventScroll: true }));
    }
  };
}
