// Comfort for the desk: readings of dates as one types, words that are there already, one more fact.
// Everything works without it: saving gives the reading, and each list always has an empty form.
"use strict";
(() => {
  const form = document.querySelector("form[data-reading]");
  if (!form) return;

  const later = (work, wait = 200) => {
    let timer;
    return (...given) => {
      clearTimeout(timer);
      timer = setTimeout(() => work(...given), wait);
    };
  };

  const ask = async (address, parameters) => {
    const answer = await fetch(`${address}?${new URLSearchParams(parameters)}`, { credentials: "same-origin" });
    return answer.ok ? answer.json() : null;
  };

  const say = async (input, done) => {
    const text = input.value;
    const told = await ask(form.dataset.reading, { text, of: input.dataset.date });
    const output = input.parentElement.querySelector(".reading");
    if (!told || !output || input.value !== text) return;
    // Half a date is no mistake yet: what is wrong is told when the field is left.
    output.textContent = told.reading || (done ? told.problem : told.valid ? "" : "…");
    output.classList.toggle("wrong", done && !told.valid);
  };
  const sayLater = later((input) => { if (input === document.activeElement) say(input, false); });

  const offer = later(async (input) => {
    if (input.value.trim().length < 2) return;
    const told = await ask(form.dataset.lookup, { kind: input.dataset.words, q: input.value });
    if (!told) return;
    let list = input.list;
    if (!list) {
      list = document.createElement("datalist");
      list.id = `${input.id}-offers`;
      input.after(list);
      input.setAttribute("list", list.id);
    }
    list.replaceChildren(...told.offers.map(({ value, label }) => {
      const option = document.createElement("option");
      option.value = value;
      if (label) option.label = label;
      return option;
    }));
  });

  form.addEventListener("input", ({ target }) => {
    if ("date" in target.dataset) sayLater(target);
    else if (target.dataset.words) offer(target);
  });
  form.addEventListener("change", ({ target }) => {
    if ("date" in target.dataset) say(target, true);
  });

  const offerMore = (facts) => {
    const template = facts.querySelector(":scope > template");
    if (!template || facts.querySelector(":scope > .more")) return;
    const total = form.elements[`${facts.id}-TOTAL_FORMS`];
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button more";
    button.textContent = form.dataset.more;
    button.setAttribute("aria-label", `${form.dataset.more}: ${facts.querySelector(":scope > summary").textContent.trim()}`);
    // The empty form at the end is for those without scripts; here it comes when it is asked for.
    const forms = facts.querySelectorAll(":scope > .desk-fact");
    const spare = forms[forms.length - 1];
    if (forms.length > 1 && !spare.querySelector(".errors") && [...spare.querySelectorAll("input, textarea, select")].every((field) => field.type === "hidden" || field.type === "checkbox" || !field.value)) spare.hidden = true;
    button.addEventListener("click", () => {
      if (spare?.hidden) {
        spare.hidden = false;
        spare.querySelector("input:not([type=hidden]), textarea, select").focus();
        return;
      }
      const holder = document.createElement("template");
      // Only this list's own number: lists inside keep theirs.
      holder.innerHTML = template.innerHTML.replaceAll(`${facts.id}-__prefix__`, `${facts.id}-${total.value}`);
      total.value = Number(total.value) + 1;
      const added = holder.content.firstElementChild;
      button.before(added);
      added.querySelectorAll("details.desk-facts").forEach(offerMore);
      added.querySelector("input:not([type=hidden]), textarea, select").focus();
    });
    facts.append(button);
  };
  form.querySelectorAll("details.desk-facts").forEach(offerMore);

  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  document.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
})();
