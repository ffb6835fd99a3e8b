"use strict";
(() => {
  // In a large report a row's evidence is text until somebody opens the row.
  document.addEventListener("toggle", event => {
    const data = event.target.querySelector(":scope > script");
    if (data) {
      const place = document.createElement("div");
      place.innerHTML = data.textContent;
      data.replaceWith(place);
    }
  }, true);
  const form = document.getElementById("filter");
  if (!form) return;
  const rows = Array.from(document.querySelectorAll("#remedies > li"));
  const shown = document.getElementById("shown");
  const texts = new Map();
  const textOf = row => {
    let text = texts.get(row);
    if (text === undefined) {
      text = row.textContent.replace(/<[^>]*>/g, " ").toLowerCase();
      texts.set(row, text);
    }
    return text;
  };
  const apply = () => {
    const words = form.elements.search.value.toLowerCase().split(/\s+/).filter(word => word);
    const least = Number(form.elements.severity.value);
    const target = form.elements.target ? form.elements.target.value : "";
    const fixable = form.elements.fixable.checked;
    const exploited = form.elements.exploited.checked;
    let count = 0;
    for (const row of rows) {
      const data = row.dataset;
      const hit = Number(data.severity) >= least
        && (!fixable || data.fix === "1")
        && (!exploited || data.exploited === "1")
        && (target === "" || data.targets.split(" ").includes(target))
        && words.every(word => textOf(row).includes(word));
      row.hidden = !hit;
      if (hit) count++;
    }
    shown.textContent = count + " of " + rows.length + " shown";
  };
  let timer = 0;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(apply, 120); });
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", event => { event.preventDefault(); apply(); });
  form.hidden = false;
  apply();
})();
