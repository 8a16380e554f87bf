// The slider of the network's page: it moves the day that is shown. Without this script the form of days does the same.
(function () {
  "use strict";

  var slider = document.getElementById("time-slider");
  var form = document.getElementById("time-form");
  if (!slider || !form) { return; }
  var day = document.getElementById("time-on");
  var said = document.getElementById("time-day");
  var first = slider.dataset.first.split("-").map(Number);
  var words = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  var opened = slider.value;

  function chosen() {
    return new Date(Date.UTC(first[0], first[1] - 1, first[2] + Number(slider.value)));
  }

  function show() {
    var text = words.format(chosen()).replace(",", "");
    day.value = chosen().toISOString().slice(0, 10);
    said.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  }

  function go() {
    if (slider.value !== opened) { form.submit(); }
  }

  slider.hidden = false;
  slider.addEventListener("input", show);
  // A mouse or finger lets go once; a keyboard sends a change for each key, so that it waits for Enter or for leaving.
  slider.addEventListener("pointerup", go);
  slider.addEventListener("keydown", function (event) { if (event.key === "Enter") { event.preventDefault(); go(); } });
  slider.addEventListener("blur", go);
}());
