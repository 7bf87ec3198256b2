
"use strict";
(function () {
  const list = document.getElementById("list");
  const form = document.getElementById("filters");
  if (!list || !form) return;
  const rows = Array.from(list.children);
  const count = document.getElementById("count");
  const field = (name) => form.elements.namedItem(name).value;
  let order = "rank";

  function fits(row, wanted) {
    const data = row.dataset;
    return (!wanted.type || data.type === wanted.type)
      && (!wanted.party || data.party === wanted.party)
      && (!wanted.severity || data.severity === wanted.severity)
      && (!wanted.measure || data.measures.split("|").includes(wanted.measure))
      && (!wanted.from || (data.date && data.date >= wanted.from))
      && (!wanted.to || (data.date && data.date <= wanted.to))
      && wanted.words.every((word) => data.text.includes(word));
  }

  function sort() {
    if (field("sort") === order) return;
    order = field("sort");
    const rank = (row) => Number(row.dataset.rank);
    const by = {
      rank: (one, other) => rank(one) - rank(other),
      waiting: (one, other) => Number(other.dataset.waiting) - Number(one.dataset.waiting) || rank(one) - rank(other),
      recent: (one, other) => other.dataset.date.localeCompare(one.dataset.date) || rank(one) - rank(other),
    };
    list.append(...rows.sort(by[order]));
  }

  function apply() {
    const wanted = {
      type: field("type"), party: field("party"), severity: field("severity"), measure: field("measure"),
      from: field("from"), to: field("to"), words: field("text").toLowerCase().split(/\s+/).filter(Boolean),
    };
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fits(row, wanted);
      if (!row.hidden) shown += 1;
    }
    sort();
    count.textContent = count.dataset.template.replace("{shown}", shown).replace("{total}", rows.length);
  }

  function openTarget() {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!row || !row.classList.contains("row")) return;
    if (row.hidden) { form.reset(); apply(); }
    row.open = true;
    row.scrollIntoView();
    row.querySelector("summary").focus({ preventScroll: true });
  }

  let timer = 0;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(apply, 120); });
  form.addEventListener("reset", () => setTimeout(apply, 0));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("unfold").addEventListener("click", () => rows.forEach((row) => { if (!row.hidden) row.open = true; }));
  document.getElementById("fold").addEventListener("click", () => rows.forEach((row) => { row.open = false; }));
  window.addEventListener("hashchange", openTarget);
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = rows.filter((row) => !row.hidden && !row.open);
    opened.forEach((row) => { row.open = true; });
  });
  window.addEventListener("afterprint", () => opened.forEach((row) => { row.open = false; }));
  form.hidden = false;
  apply();
  openTarget();
})();
