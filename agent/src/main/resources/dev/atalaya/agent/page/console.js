// What the pages do where scripts run; all of them work without.
"use strict";
const EVERY = 5000;

// Times in the reader's own zone.
function localTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const date = new Date(time.dateTime);
    if (!isNaN(date)) time.title = date.toLocaleString();
  }
}

// A button that copies what can be pasted.
function copyButtons(root) {
  if (!navigator.clipboard) return;
  for (const figure of root.querySelectorAll("figure.code")) {
    const button = document.createElement("button");
    button.className = "copy";
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(figure.querySelector("pre").textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
    figure.append(button);
  }
}

function dress(root) {
  localTimes(root);
  copyButtons(root);
  for (const form of root.querySelectorAll("form.filter")) {
    form.addEventListener("change", (event) => {
      if (event.target.matches("select")) form.requestSubmit();
    });
  }
}

// Shows what is new without a flicker: only a part that changed is replaced, and none that is in use.
let last = new Map();
function parts(doc) {
  return new Map([["main", doc.querySelector("main").innerHTML], [".seen", (doc.querySelector(".seen") || {}).innerHTML]]);
}
function inUse(main) {
  const selection = document.getSelection();
  return main.contains(document.activeElement) && document.activeElement !== main
    || selection && !selection.isCollapsed || main.querySelector("form.edit") !== null;
}
async function refresh() {
  try {
    if (document.hidden) return;
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!response.ok) return;
    const fresh = parts(new DOMParser().parseFromString(await response.text(), "text/html"));
    for (const [selector, html] of fresh) {
      const shown = document.querySelector(selector);
      if (!shown || html === undefined || html === last.get(selector)) continue;
      if (selector === "main" && inUse(shown)) continue;
      const open = [...shown.querySelectorAll("details[open][id]")].map((one) => one.id);
      shown.innerHTML = html;
      for (const id of open) { const one = document.getElementById(id); if (one) one.open = true; }
      last.set(selector, html);
      dress(shown);
    }
  } catch (gone) {
    // The service is down; what was seen last stays.
  }
}

// "/" searches, a digit goes to the page of that place.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select, textarea")) return;
  if (event.key === "/") {
    const search = document.querySelector("input[type=search]");
    if (search) { search.focus(); event.preventDefault(); }
  }
  const place = document.querySelectorAll("nav a")[event.key - 1];
  if (place) location.href = place.href;
});

last = parts(document);
dress(document);
setInterval(refresh, EVERY);
