// Comfort where JavaScript runs: names that begin as what is typed, offered by the browser's own list.
// The box is the same without it.
"use strict";
(() => {
  const box = document.querySelector("input[data-suggest]");
  if (!box || !window.fetch || !window.AbortController) return;
  const list = document.createElement("datalist");
  list.id = "q-offers";
  box.after(list);
  box.setAttribute("list", list.id);

  let timer, asking;
  const offer = async () => {
    const typed = box.value.replace(/^\s+/, "");
    asking?.abort();
    if (typed.trim().length < 2) {
      list.replaceChildren();
      return;
    }
    asking = new AbortController();
    try {
      const address = `${box.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(address, { credentials: "same-origin", signal: asking.signal });
      if (!answer.ok) return;
      const { results } = await answer.json();
      list.replaceChildren(...results.map(({ text }) => {
        const option = document.createElement("option");
        option.value = text;
        return option;
      }));
    } catch {
      // aborted or offline: the box goes on without offers
    }
  };
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(offer, 150);
  });
})();
