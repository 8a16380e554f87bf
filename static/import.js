/* Shows how far an import is without being asked. Without this script the page asks again by itself, and has a link. */
"use strict";

(function () {
  const EVERY = 2000;
  const shown = document.querySelector("[data-progress]");
  if (!shown) return;

  function look() {
    fetch(window.location.href, { credentials: "same-origin" })
      .then(function (answer) { return answer.text(); })
      .then(function (text) {
        const next = new DOMParser().parseFromString(text, "text/html").querySelector("[data-progress]");
        if (!next) { window.location.reload(); return; }
        shown.replaceChildren.apply(shown, Array.from(next.childNodes));
        window.setTimeout(look, EVERY);
      })
      .catch(function () { window.setTimeout(look, EVERY); });
  }

  window.setTimeout(look, EVERY);
})();
