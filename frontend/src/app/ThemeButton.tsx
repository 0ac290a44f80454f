import { useEffect, useState } from "react";

const root = document.documentElement;
const systemIsDark = () => matchMedia("(prefers-color-scheme: dark)").matches;

/** Changes between light and dark. A choice that is the system's own is not remembered, so that it follows the system again. */
export function ThemeButton() {
  const [dark, setDark] = useState(root.dataset.theme === "dark");
  useEffect(() => {
    const watch = new MutationObserver(() => setDark(root.dataset.theme === "dark"));
    watch.observe(root, { attributeFilter: ["data-theme"] });
    return () => watch.disconnect();
  }, []);
  const change = () => {
    const theme = dark ? "light" : "dark";
    root.dataset.theme = theme;
    if (systemIsDark() === !dark) localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  };
  return (
    <button
      type="button"
      className="btn ghost square theme"
      aria-label={dark ? "Use light colours" : "Use dark colours"}
      onClick={change}
    >
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor" />
      </svg>
    </button>
  );
}
