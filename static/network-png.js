/* Makes a PNG of the picture on the screen, with its heading and what its lines mean, once the server has kept that it is
   taken. Without it the drawing in SVG is there. */
(function () {
  "use strict";

  var form = document.getElementById("network-png");
  var legend = Array.from(document.querySelectorAll(".network-legend .legend li")).filter(function (item) {
    return item.querySelector("svg, .network-sign");
  });
  var ROW = 30, EDGE = 24, GAP = 8, APART = 26, FONT = "14px Arial, sans-serif";
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
    var width = canvas.clientWidth, lines = rows(ctx, width - 2 * EDGE);
    made.width = canvas.width;
    made.height = canvas.height + (2 * EDGE + (1 + lines.length) * ROW) * size;
    ctx.fillStyle = "#ffffff";
    ctx.fillRect(0, 0, made.width, made.height);
    ctx.drawImage(canvas, 0, (EDGE + ROW) * size);
    ctx.scale(size, size);
    ctx.fillStyle = "#14213d";
    ctx.textBaseline = "middle";
    ctx.font = "bold 18px Arial, sans-serif";
    ctx.fillText(form.dataset.heading, EDGE, EDGE, width - 2 * EDGE);
    ctx.font = FONT;
    lines.forEach(function (line, at) {
      var across = EDGE, down = canvas.clientHeight + EDGE + (1.5 + at) * ROW;
      line.forEach(function (item) {
        sample(ctx, item, across, down);
        ctx.fillText(item.words, across + item.wide, down);
        across += item.length;
      });
    });
    return made;
  }

  /* What the lines, signs and shapes mean, in rows that fit. */
  function rows(ctx, width) {
    var lines = [[]], left = width;
    ctx.font = FONT;
    legend.forEach(function (item) {
      var svg = item.querySelector("svg"), sign = item.querySelector(".network-sign");
      var words = Array.from(item.childNodes).filter(function (node) { return node !== sign; })
        .map(function (node) { return node.textContent; }).join("").trim().replace(/\s+/g, " ");
      var wide = (svg ? Number(svg.getAttribute("width")) : 14) + GAP;
      var length = wide + ctx.measureText(words).width + APART;
      if (length - APART > left && lines[lines.length - 1].length) { lines.push([]); left = width; }
      lines[lines.length - 1].push({ svg: svg, sign: sign && sign.textContent, words: words, wide: wide, length: length });
      left -= length;
    });
    return lines;
  }

  function sample(ctx, item, across, down) {
    if (!item.svg) { ctx.fillText(item.sign, across, down); return; }
    ctx.save();
    ctx.translate(across, down - Number(item.svg.getAttribute("height")) / 2);
    item.svg.querySelectorAll("path").forEach(function (path) {
      var line = new Path2D(path.getAttribute("d")), fill = path.getAttribute("fill");
      var dashes = path.getAttribute("stroke-dasharray");
      ctx.setLineDash(dashes ? dashes.split(" ").map(Number) : []);
      ctx.lineWidth = Number(path.getAttribute("stroke-width"));
      ctx.strokeStyle = path.getAttribute("stroke");
      if (fill && fill !== "none") { ctx.fillStyle = fill; ctx.fill(line); }
      ctx.stroke(line);
    });
    ctx.restore();
  }

  function save(blob) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = form.dataset.file;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
  }
})();
