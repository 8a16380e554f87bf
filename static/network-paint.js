/* Paints lines, marks and names on vis-network's canvas: all lines of a word in one pass, names where there is room. */
(function () {
  "use strict";

  var parts = window.networkParts = window.networkParts || {};
  var INK = "#14213d", PAPER = "#ffffff", MARK = "#ffdd00";
  var FAINT = 0.16, NEAR = 7, MANY = 1500, MOST_NAMES = 160, FEW = 80, AFAR = 0.4;
  var PLACES = [[0, 1], [0, -1], [1, 0], [-1, 0]];

  parts.painter = function (facts, data) {
    var batches = sorted(facts.edges);
    var byTies = facts.nodes.slice().sort(function (one, other) { return other.ties.length - one.ties.length || one.at - other.at; });
    var widths = new Map();
    /* Where two days are compared: the ties that changed stand out, each with the sign of its change. */
    var marks = facts.edges.filter(function (edge) { return edge.change; });
    var changed = new Set(marks.map(function (edge) { return edge.tie; }));
    var ofChanged = sorted(facts.edges.filter(function (edge) { return edge.tie && changed.has(edge.tie); }));

    /* Edges by word and by width, so that each batch is a single path. */
    function sorted(edges) {
      var found = data.words.map(function () { return new Map(); });
      edges.forEach(function (edge) {
        var share = Math.round(edge.strength * 4) / 4;
        if (!found[edge.word].has(share)) { found[edge.word].set(share, []); }
        found[edge.word].get(share).push(edge);
      });
      return found;
    }

    function paint(ctx, scale, found, isPlain) {
      found.forEach(function (shares, word) {
        data.strokes[word].forEach(function (stroke) {
          shares.forEach(function (edges, share) {
            var width = stroke.thinnest + (stroke.thickest - stroke.thinnest) * share;
            ctx.strokeStyle = stroke.colour;
            ctx.lineWidth = Math.max(width, 0.8 * width / (stroke.thickest * scale));
            ctx.setLineDash(isPlain ? [] : stroke.dashes.map(function (length) { return length * Math.max(1, 1 / scale); }));
            if (isPlain && stroke !== data.strokes[word][0]) { return; }
            ctx.beginPath();
            edges.forEach(function (edge) { trace(ctx, edge, scale); });
            ctx.stroke();
          });
        });
        ctx.setLineDash([]);
        ctx.fillStyle = data.strokes[word][0].colour;
        ctx.beginPath();
        shares.forEach(function (edges) { edges.forEach(function (edge) { if (edge.bent) { arrow(ctx, edge); } }); });
        ctx.fill();
      });
    }

    function bend(edge) {
      var from = edge.from, to = edge.to;
      return [(from.x + to.x) / 2 + (from.y - to.y) * data.apart, (from.y + to.y) / 2 - (from.x - to.x) * data.apart];
    }

    /* From afar a bent line is two straight ones: a thousand curves take the browser longer than all else. */
    function trace(ctx, edge, scale) {
      ctx.moveTo(edge.from.x, edge.from.y);
      if (!edge.bent) { ctx.lineTo(edge.to.x, edge.to.y); return; }
      var middle = bend(edge);
      if (scale > AFAR) { ctx.quadraticCurveTo(middle[0], middle[1], edge.to.x, edge.to.y); return; }
      ctx.lineTo((edge.from.x + 2 * middle[0] + edge.to.x) / 4, (edge.from.y + 2 * middle[1] + edge.to.y) / 4);
      ctx.lineTo(edge.to.x, edge.to.y);
    }

    function arrow(ctx, edge) {
      var middle = bend(edge), turn = Math.atan2(edge.to.y - middle[1], edge.to.x - middle[0]);
      var x = edge.to.x - Math.cos(turn) * (edge.to.size + 3), y = edge.to.y - Math.sin(turn) * (edge.to.size + 3);
      ctx.moveTo(x, y);
      ctx.lineTo(x - 12 * Math.cos(turn - 0.4), y - 12 * Math.sin(turn - 0.4));
      ctx.lineTo(x - 12 * Math.cos(turn + 0.4), y - 12 * Math.sin(turn + 0.4));
      ctx.closePath();
    }

    /* What lies below the nodes: the lines, those of the chosen ones above the others, and the yellow marks. */
    function under(ctx, scale, chosen, isMoving) {
      ctx.lineCap = "butt";
      ctx.globalAlpha = chosen || changed.size ? FAINT : 1;
      paint(ctx, scale, batches, isMoving && facts.edges.length > MANY);
      ctx.globalAlpha = 1;
      if (!chosen) { paint(ctx, scale, ofChanged, false); return; }
      paint(ctx, scale, sorted(facts.edges.filter(function (edge) {
        return chosen.tie ? edge.tie === chosen.tie : edge.from === chosen.node || edge.to === chosen.node;
      })), false);
      ctx.fillStyle = MARK;
      ctx.strokeStyle = INK;
      ctx.lineWidth = Math.max(2, 1 / scale);
      near(chosen).forEach(function (node) {
        ctx.beginPath();
        ctx.arc(node.x, node.y, node.size + (node === chosen.node ? 9 : 5), 0, 2 * Math.PI);
        ctx.fill();
        if (node === chosen.node) { ctx.stroke(); }
      });
    }

    /* The chosen node first, then those tied to it; or the two ends of the chosen tie. */
    function near(chosen) {
      if (!chosen) { return []; }
      if (chosen.tie) { return [chosen.tie.a, chosen.tie.b]; }
      return [chosen.node].concat(chosen.node.ties.map(function (tie) { return facts.other(tie, chosen.node); }));
    }

    /* What lies above the nodes: names, the chosen ones' and the most tied ones' first, none over another. */
    function over(ctx, scale, chosen, view) {
      var size = Math.min(17, Math.max(12.5, 17 * scale)) / scale, marked = near(chosen);
      var shown = marked.concat(byTies).filter(function (node) {
        return node.x > view.left && node.x < view.right && node.y > view.top && node.y < view.bottom;
      });
      var symbols = shown.length > 400 ? [] : shown.map(function (node) { return box(node.x, node.y, node.size, node.size); });
      var taken = [], names = new Set(), isAll = scale > 1.4 || (shown.length <= FEW && scale > 0.5);
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      sign(ctx, Math.max(8, 8 / scale), chosen, taken);
      ctx.lineWidth = size / 4;
      ctx.strokeStyle = PAPER;
      ctx.fillStyle = INK;
      for (var at = 0; at < shown.length && names.size < MOST_NAMES; at += 1) {
        if (!names.has(shown[at])) { 
          name(ctx, shown[at], size, { symbols: symbols, taken: taken, names: names, view: view }, at < marked.length || isAll, chosen && chosen.node);
         }
      }
    }

    /* A round badge with a sign at the middle of each tie that changed; names keep clear of it. */
    function sign(ctx, half, chosen, taken) {
      ctx.font = "bold " + half * 1.5 + "px Arial, sans-serif";
      marks.forEach(function (edge) {
        if (chosen && edge.tie !== chosen.tie && edge.from !== chosen.node && edge.to !== chosen.node) { return; }
        var pull = edge.bent ? bend(edge) : [(edge.from.x + edge.to.x) / 2, (edge.from.y + edge.to.y) / 2];
        var x = (edge.from.x + edge.to.x) / 4 + pull[0] / 2, y = (edge.from.y + edge.to.y) / 4 + pull[1] / 2;
        ctx.beginPath();
        ctx.arc(x, y, half, 0, 2 * Math.PI);
        ctx.fillStyle = PAPER;
        ctx.fill();
        ctx.lineWidth = half / 5;
        ctx.strokeStyle = ctx.fillStyle = INK;
        ctx.stroke();
        ctx.fillText(data.signs[edge.change], x, y + half * 0.08);
        taken.push(box(x, y, half, half));
      });
    }

    function name(ctx, node, size, drawn, isNeeded, bold) {
      var half = width(ctx, node) * size / 34 + 2, tall = size * 0.55;
      var spots = PLACES.map(function (way) {
        return box(node.x + way[0] * (node.size + half + 3), node.y + way[1] * (node.size + tall + 4), half, tall);
      });
      var seen = spots.filter(function (spot) { return spot.x - half > drawn.view.left && spot.x + half < drawn.view.right; });
      var apart = seen.filter(function (spot) { return !drawn.taken.some(function (one) { return meet(one, spot); }); });
      var free = apart.find(function (spot) { return !drawn.symbols.some(function (one) { return meet(one, spot); }); });
      if (!free && !isNeeded) { return; }
      var spot = free || apart[0] || seen[0] || spots[0];
      drawn.taken.push(spot);
      drawn.names.add(node);
      ctx.font = (node === bold ? "bold " : "") + size + "px Arial, sans-serif";
      ctx.strokeText(node.label, spot.x, spot.y);
      ctx.fillText(node.label, spot.x, spot.y);
    }

    function width(ctx, node) {
      if (!widths.has(node)) {
        ctx.font = "17px Arial, sans-serif";
        widths.set(node, ctx.measureText(node.label).width);
      }
      return widths.get(node);
    }

    function box(x, y, half, tall) {
      return { x: x, y: y, half: half, tall: tall };
    }

    function meet(one, other) {
      return Math.abs(one.x - other.x) < one.half + other.half && Math.abs(one.y - other.y) < one.tall + other.tall;
    }

    /* The tie that runs nearest to a point, within a few pixels of the screen. */
    function tieAt(x, y, scale) {
      var best = null, least = NEAR / scale;
      facts.edges.forEach(function (edge) {
        var distance = edge.tie ? away(edge, x, y) : Infinity;
        if (distance < least) { least = distance; best = edge.tie; }
      });
      return best;
    }

    function away(edge, x, y) {
      if (!edge.bent) { return toLine(edge.from.x, edge.from.y, edge.to.x, edge.to.y, x, y); }
      var middle = bend(edge), least = Infinity, last = [edge.from.x, edge.from.y];
      for (var step = 1; step <= 8; step += 1) {
        var on = step / 8, off = 1 - on;
        var spot = [0, 1].map(function (axis) {
          var ends = axis ? [edge.from.y, edge.to.y] : [edge.from.x, edge.to.x];
          return off * off * ends[0] + 2 * on * off * middle[axis] + on * on * ends[1];
        });
        least = Math.min(least, toLine(last[0], last[1], spot[0], spot[1], x, y));
        last = spot;
      }
      return least;
    }

    function toLine(fromX, fromY, toX, toY, x, y) {
      var across = toX - fromX, down = toY - fromY, length = across * across + down * down;
      var share = length ? Math.max(0, Math.min(1, ((x - fromX) * across + (y - fromY) * down) / length)) : 0;
      return Math.hypot(x - fromX - share * across, y - fromY - share * down);
    }

    return { under: under, over: over, tieAt: tieAt };
  };
})();
