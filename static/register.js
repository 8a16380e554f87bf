/* Small comforts on top of pages that work without any script. Each finds its elements itself and does nothing without them. */
"use strict";

(function () {
  const typing = "input, textarea, select, [contenteditable]";

  function showPassword(button) {
    const input = document.getElementById(button.dataset.showPassword);
    if (!input) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.textContent = shown ? "Show" : "Hide";
      button.setAttribute("aria-label", shown ? "Show password" : "Hide password");
    });
    // A browser that remembers what was typed as text would keep the password in the clear.
    if (input.form) input.form.addEventListener("submit", function () { input.type = "password"; });
  }

  // Single keys get in the way of people who speak to their computer, so that they can be switched off (WCAG 2.1.4).
  function keysAreOff() {
    try { return window.localStorage.getItem("keys") === "off"; } catch (refused) { return false; }
  }

  function offerKeys(place) {
    const button = place.querySelector("button");
    const keys = document.body.dataset.logUrl ? "shortcut keys / and L" : "shortcut key /";
    function say() { button.textContent = (keysAreOff() ? "Turn on the " : "Turn off the ") + keys; }
    button.addEventListener("click", function () {
      try { window.localStorage.setItem("keys", keysAreOff() ? "on" : "off"); } catch (refused) { return; }
      say();
    });
    say();
    place.hidden = false;
  }

  function shortcut(event) {
    if (keysAreOff() || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(typing)) return;
    const search = document.getElementById("search");
    if (event.key === "/" && search && search.offsetParent) {
      event.preventDefault();
      search.focus();
    }
    const log = document.body.dataset.logUrl;
    if (event.key.toLowerCase() === "l" && log) {
      event.preventDefault();
      window.location.assign(log + "#partnership");
    }
  }

  function rememberFold(fold) {
    const key = "fold:" + fold.dataset.fold;
    try {
      if (!fold.open && window.sessionStorage.getItem(key) === "open") fold.open = true;
      fold.addEventListener("toggle", function () {
        window.sessionStorage.setItem(key, fold.open ? "open" : "closed");
      });
    } catch (refused) {
      // Storage may be switched off; the fold then opens and closes without being remembered.
    }
  }

  function submitOnce(event) {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    window.setTimeout(function () { delete form.dataset.sent; }, 1500);
  }

  document.querySelectorAll("[data-show-password]").forEach(showPassword);
  document.querySelectorAll("[data-keys]").forEach(offerKeys);
  document.querySelectorAll("[data-fold]").forEach(rememberFold);
  document.addEventListener("keydown", shortcut);
  document.addEventListener("submit", submitOnce);
  const summary = document.querySelector("[data-focus]");
  if (summary) summary.focus();
})();
