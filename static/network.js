/* Draws the network over its still picture, and shows what is chosen. What it tells is put in as text, never as HTML.
   Without it the page has a still picture and links that do the same. */
(function () {
  "use strict";

  var frame = document.getElementById("network-picture");
  if (!frame || !window.vis || !window.networkParts) { return; }

  var inside = document.getElementById("network-data");
  var card = window.networkParts.card(document.getElementById("network-chosen"));
  var list = window.networkParts.list(document.getElementById("network-list"), document.getElementById("network-search"), choose);
  var isStill = window.matchMedia("(prefers-reduced-motion: reduce)");
  var KEPT = "network-moved", STEP = 60, REST = 160;
  var PANS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  var facts, painter, network, chosen = null, isMoving = false, rest = 0;

  performance.mark("network:begin");
  if (inside) { start(JSON.parse(inside.textContent)); }
  else if (frame.dataset.source) { fetch(frame.dataset.source, { credentials: "same-origin" }).then(read).then(start).catch(fail); }

  function read(answer) {
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.json();
  }

  function fail() {
    var note = document.getElementById("network-failed");
    if (note) { note.hidden = false; }
  }

  function start(data) {
    facts = window.networkParts.facts(data);
    put(moved());
    painter = window.networkParts.painter(facts, data);
    draw(data);
    list.know(facts);
    frame.tabIndex = 0;
    frame.addEventListener("keydown", drive);
    buttons();
    document.querySelectorAll("[data-network-tool]").forEach(function (part) { part.hidden = false; });
    showMoved();
    if (frame.dataset.chosen) { choose(facts.byId.get(Number(frame.dataset.chosen))); }
  }

  function draw(data) {
    var height = Math.max(420, Math.min(900, Math.round(frame.clientWidth * 0.87)));
    frame.replaceChildren();
    network = new vis.Network(
      frame,
      { nodes: facts.nodes.map(function (node) { return { id: node.id, shape: node.shape, size: node.size, x: node.x, y: node.y }; }), edges: [] },
      Object.assign({}, data.options, { height: height + "px", width: "100%", autoResize: true })
    );
    var canvas = frame.querySelector("canvas");
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", frame.dataset.label);
    network.on("beforeDrawing", function (ctx) { painter.under(ctx, network.getScale(), chosen, isMoving); });
    network.on("afterDrawing", function (ctx) { if (!isMoving || facts.nodes.length < 300) { painter.over(ctx, network.getScale(), chosen, seen(canvas)); } });
    network.once("afterDrawing", function () {
      performance.mark("network:drawn");
      requestAnimationFrame(function () { setTimeout(function () { performance.mark("network:stable"); frame.dataset.drawn = "true"; }); });
    });
    network.on("click", click);
    network.on("doubleClick", function (event) { follow(found(event)); });
    network.on("zoom", moving);
    network.on("dragStart", moving);
    network.on("dragging", function (event) { moving(); drag(event.nodes); });
    network.on("dragEnd", function (event) { drag(event.nodes); keep(event.nodes); });
  }

  function seen(canvas) {
    var from = network.DOMtoCanvas({ x: 0, y: 0 }), to = network.DOMtoCanvas({ x: canvas.clientWidth, y: canvas.clientHeight });
    return { left: from.x, top: from.y, right: to.x, bottom: to.y };
  }

  /* While the picture moves, a large one is painted plainly; at rest it is painted whole. */
  function moving() {
    isMoving = true;
    clearTimeout(rest);
    rest = setTimeout(function () { isMoving = false; network.redraw(); }, REST);
  }

  function motion() {
    return isStill.matches ? false : { duration: 300, easingFunction: "easeInOutQuad" };
  }

  /* What is chosen */
  function found(event) {
    var id = event.nodes.length ? event.nodes[0] : network.getNodeAt(event.pointer.DOM);
    if (id !== undefined) { return { node: facts.byId.get(id), tie: null }; }
    var spot = event.pointer.canvas, tie = painter.tieAt(spot.x, spot.y, network.getScale());
    return tie ? { node: null, tie: tie } : null;
  }

  function click(event) {
    var what = found(event);
    if (!what) { clear(); return; }
    if (what.tie) { chooseTie(what.tie); return; }
    if (frame.dataset.groups) { follow(what); return; }
    choose(what.node);
  }

  function follow(what) {
    var url = what && (what.node ? what.node.url : facts.evidenceOf(what.tie));
    if (url) { window.location.assign(url); }
  }

  function choose(node, isSought) {
    if (!node) { return; }
    chosen = { node: node, tie: null };
    network.selectNodes([node.id], false);
    if (isSought) { network.focus(node.id, { scale: Math.max(network.getScale(), 0.9), animation: motion() }); }
    list.mark(node.id);
    card.node(node, facts);
    remember(frame.dataset.groups ? null : facts.chosen(node));
    network.redraw();
  }

  function chooseTie(tie) {
    chosen = { node: null, tie: tie };
    network.unselectAll();
    list.mark(null);
    card.tie(tie, facts);
    network.redraw();
  }

  function clear() {
    chosen = null;
    network.unselectAll();
    list.mark(null);
    card.clear();
    network.redraw();
  }

  /* The address keeps who is chosen, so that it can be sent to somebody. */
  function remember(url) {
    if (url) { history.replaceState(null, "", url); }
  }

  /* What was dragged stays where it was put until the tab is closed. */
  function moved() {
    try { return JSON.parse(sessionStorage.getItem(KEPT)) || {}; } catch (error) { return {}; }
  }

  function put(places) {
    facts.nodes.forEach(function (node) {
      var spot = places[node.id];
      if (Array.isArray(spot) && spot.every(Number.isFinite)) { node.x = spot[0]; node.y = spot[1]; }
    });
  }

  function drag(ids) {
    ids.forEach(function (id) {
      var spot = network.getPosition(id), node = facts.byId.get(id);
      node.x = spot.x;
      node.y = spot.y;
    });
  }

  function keep(ids) {
    var places = moved();
    ids.forEach(function (id) { places[id] = [facts.byId.get(id).x, facts.byId.get(id).y]; });
    try { sessionStorage.setItem(KEPT, JSON.stringify(places)); } catch (error) { return; }
    showMoved();
  }

  function showMoved() {
    var back = document.getElementById("network-back"), places = moved();
    if (back) { back.hidden = !facts.nodes.some(function (node) { return places[node.id]; }); }
  }

  function putBack() {
    try { sessionStorage.removeItem(KEPT); } catch (error) { return; }
    window.location.reload();
  }

  /* Buttons and keys */
  function buttons() {
    var zooms = document.getElementById("network-zoom"), back = document.getElementById("network-back");
    if (zooms) { zooms.addEventListener("click", function (event) { zoom(event.target.closest("button")?.dataset.zoom); }); }
    if (back) { back.addEventListener("click", putBack); }
  }

  function zoom(kind) {
    if (kind === "fit") { network.fit({ animation: motion() }); }
    else if (kind) { network.moveTo({ scale: network.getScale() * (kind === "in" ? 1.3 : 1 / 1.3), animation: motion() }); }
  }

  function drive(event) {
    if (event.target !== frame || event.ctrlKey || event.metaKey || event.altKey) { return; }
    var pan = PANS[event.key], kind = { "+": "in", "=": "in", "-": "out", "0": "fit" }[event.key];
    if (kind) { zoom(kind); }
    else if (event.key === "Escape") { clear(); }
    else if (pan) {
      var at = network.getViewPosition(), step = STEP / network.getScale();
      network.moveTo({ position: { x: at.x + pan[0] * step, y: at.y + pan[1] * step }, animation: false });
    } else { return; }
    event.preventDefault();
  }
})();
