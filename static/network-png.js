/* Makes a PNG of the picture on the screen, with its heading and what its lines mean, once the server has kept that it is
   taken. Without it the drawing in SVG is there. */
(function () {
  "use strict";

  var form = document.getElementById("network-png");
  var legend = Array.from(document.querySelectorAll(".network-legend .legend:first-of-type li, .network-legend li"));
  var ROW = 30, EDGE = 24;
  if (!form || !window.fetch) { return; }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var canvas = document.querySelector("#network-picture canvas");
    if (!canvas) { return; }
    fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" })
      .then(function (answer) { if (answer.ok) { paper(canvas).toBlob(save, "image/png"); } });
  });

  function paper(canvas) {
    var made = document.createElement("canvas"), ctx = made.getContext("2d"), size = canvas.width / canvas.clientWidth;
    var words = Array.from(new Set(legend)).filter(function (item) { return item.querySelector("b"); })
      .map(function (item) { return item.textContent.trim().replace(/\s+/g, " "); });
    made.width = canvas.width;
    made.height = canvas.height + (2 * EDGE + 2 * ROW) * size;
    ctx.fillStyle = "#ffffff";
    ctx.fillRect(0, 0, made.width, made.height);
    ctx.drawImage(canvas, 0, (EDGE + ROW) * size);
    ctx.fillStyle = "#14213d";
    ctx.textBaseline = "middle";
    ctx.font = "bold " + 18 * size + "px Arial, sans-serif";
    ctx.fillText(form.dataset.heading, EDGE * size, EDGE * size);
    ctx.font = 14 * size + "px Arial, sans-serif";
    ctx.fillText(words.join("  ·  "), EDGE * size, made.height - (EDGE + ROW / 4) * size, made.width - 2 * EDGE * size);
    return made;
  }

  function save(blob) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = form.dataset.file;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }
})();
