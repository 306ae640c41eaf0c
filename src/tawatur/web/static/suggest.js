// Suggestions while one types in the search box: the "combobox with a list" of the ARIA Authoring Practices Guide.
// The box works without it. Only our own API is asked, and nothing is kept.
"use strict";

(() => {
  const FEWEST_LETTERS = 2;
  const PAUSE_MILLISECONDS = 120;
  const KEPT_ANSWERS = 100;

  const form = document.getElementById("search");
  const box = form?.querySelector("input[type=search]");
  const list = form?.querySelector("[role=listbox]");
  const status = form?.querySelector("[role=status]");
  if (!box || !list || !status) return;

  const answers = new Map();
  let typed = box.value;
  let chosen = -1;
  let waiting = 0;
  let asking = null;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", list.id);
  box.setAttribute("aria-expanded", "false");

  const isOpen = () => !list.hidden;

  const close = () => {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    chosen = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
    status.textContent = "";
  };

  const choose = (number) => {
    const options = [...list.children];
    chosen = number;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) {
      box.removeAttribute("aria-activedescendant");
      box.value = typed;
    } else {
      box.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
      box.value = options[chosen].textContent;
    }
  };

  const show = (offered) => {
    const suggestions = offered.filter(({ text }) => text !== typed.trim());
    if (!suggestions.length || document.activeElement !== box) {
      close();
      return;
    }
    list.replaceChildren(...suggestions.map(({ text }, at) => {
      const option = document.createElement("li");
      option.id = `suggestion-${at}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dir = "auto";
      option.textContent = text;
      return option;
    }));
    chosen = -1;
    box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-expanded", "true");
    list.hidden = false;
    status.textContent = status.dataset.told.replace("#", suggestions.length);
  };

  const keep = (words, suggestions) => {
    if (answers.size >= KEPT_ANSWERS) answers.delete(answers.keys().next().value);
    answers.set(words, suggestions);
  };

  const ask = async (words) => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: words })}`, { signal });
      if (!answer.ok) return;
      const { suggestions } = await answer.json();
      keep(words, suggestions);
      if (words === typed.trim()) show(suggestions);
    } catch {
      // a newer question took this one's place, or the network is away: nothing is suggested
    }
  };

  box.addEventListener("input", (event) => {
    typed = box.value;
    box.dir = typed ? "auto" : "";
    clearTimeout(waiting);
    const words = typed.trim();
    if (event.isComposing) return;
    if (words.length < FEWEST_LETTERS) {
      close();
    } else if (answers.has(words)) {
      show(answers.get(words));
    } else {
      waiting = setTimeout(() => ask(words), PAUSE_MILLISECONDS);
    }
  });

  box.addEventListener("keydown", (event) => {
    if (event.isComposing || !isOpen()) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(chosen === last ? -1 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen === -1 ? last : chosen - 1);
    else if (event.key === "Escape") {
      choose(-1);
      close();
    } else {
      if (event.key === "Tab") close();
      return;
    }
    event.preventDefault();
  });

  // The box keeps the focus, so that a press on the list does not close it before it counts.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    choose([...list.children].indexOf(option));
    form.requestSubmit();
  });

  box.addEventListener("blur", close);
  form.addEventListener("submit", close);
})();
