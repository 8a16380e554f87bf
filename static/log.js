/* The log form: another row for a promise without asking the server, and "Choose" only where there is something to choose.
   Without this script the same buttons ask the server. */
"use strict";

(function () {
  const choose = document.querySelector("[data-choose]");
  const partnership = document.getElementById("partnership");
  if (!choose || !partnership) return;

  function offer() { choose.hidden = partnership.value === choose.dataset.choose; }

  partnership.addEventListener("change", offer);
  offer();
})();

// From the words straight to having them saved.
(function () {
  const account = document.getElementById("account");
  if (!account) return;
  account.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    account.form.requestSubmit(account.form.querySelector("button[value=save]"));
  });
})();

(function () {
  const MOST = 15;
  const list = document.querySelector("[data-promises]");
  const count = document.getElementById("promise_count");
  const more = document.querySelector("button[name=step][value=more]");
  if (!list || !count || !more) return;

  function renumbered(text, number) {
    return text.replace(/^promise-\d+-/, "promise-" + number + "-");
  }

  function emptied(control) {
    if (control.tagName === "SELECT") control.selectedIndex = 0;
    else control.value = "";
    control.classList.remove("govuk-input--error", "govuk-select--error");
    control.removeAttribute("aria-describedby");
  }

  function renamed(row, number) {
    row.setAttribute("aria-label", "Promise " + (number + 1));
    row.querySelectorAll(".govuk-error-message").forEach(function (message) { message.remove(); });
    row.querySelectorAll(".govuk-form-group--error").forEach(function (group) {
      group.classList.remove("govuk-form-group--error");
    });
    row.querySelectorAll("label").forEach(function (label) { label.htmlFor = renumbered(label.htmlFor, number); });
    row.querySelectorAll("input, select").forEach(function (control) {
      control.name = renumbered(control.name, number);
      control.id = renumbered(control.id, number);
      emptied(control);
    });
  }

  more.addEventListener("click", function (event) {
    const rows = list.querySelectorAll("[data-promise]");
    event.preventDefault();
    if (rows.length >= MOST) return;
    const row = rows[rows.length - 1].cloneNode(true);
    renamed(row, rows.length);
    list.appendChild(row);
    count.value = String(rows.length + 1);
    more.hidden = rows.length + 1 >= MOST;
    row.querySelector("input, select").focus();
  });
})();
