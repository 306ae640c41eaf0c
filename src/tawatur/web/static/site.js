// The little that needs the reader's own machine: the theme they chose, and what "3 hours ago" means now.
// Everything works without it. Nothing is asked of anyone, nothing is stored but the theme.
"use strict";

(() => {
  const root = document.documentElement;
  const KEY = "theme";

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is turned off: the system's theme holds
    }
  };

  const remember = (theme) => {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // storage is turned off: the choice lasts for this page
    }
  };

  const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
  const current = () => root.dataset.theme ?? (systemIsDark.matches ? "dark" : "light");

  // Runs before the page is painted, so that it never flashes in the other theme.
  const chosen = remembered();
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;

  const offerThemes = () => {
    const button = document.querySelector("button.theme");
    if (!button) return;
    const name = () => {
      const label = current() === "dark" ? button.dataset.light : button.dataset.dark;
      button.title = label;
      button.setAttribute("aria-label", label);
    };
    button.addEventListener("click", () => {
      root.dataset.theme = current() === "dark" ? "light" : "dark";
      remember(root.dataset.theme);
      name();
    });
    systemIsDark.addEventListener("change", name);
    name();
    button.hidden = false;
  };

  const UNITS = [["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60]];

  // Said as a title: how long ago, and the time on the reader's own clock.
  const tellMoments = () => {
    const locale = root.lang === "ar" ? `ar-u-nu-${root.dataset.digits}` : root.lang;
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
    const own = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
    for (const element of document.querySelectorAll("time[data-moment]")) {
      const at = new Date(element.dateTime);
      const seconds = (at - Date.now()) / 1000;
      const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ["minute", 60];
      element.title = `${relative.format(Math.round(seconds / length), unit)} · ${own.format(at)}`;
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    offerThemes();
    tellMoments();
  });
})();
