/* Draws the network over its still picture, and shows what is chosen. Everything it tells stands in the page's data and
   is put in as text, never as HTML. Without it the page has a still picture and links that do the same. */
(function () {
  "use strict";

  var holder = document.getElementById("network-data");
  var frame = document.getElementById("network-picture");
  if (!holder || !frame || !window.vis) { return; }

  var data = JSON.parse(holder.textContent);
  var card = document.getElementById("network-chosen");
  var list = document.getElementById("network-list");
  var search = document.getElementById("network-search");
  var byId = new Map(data.nodes.map(function (node) { return [node.id, node]; }));
  var ties = new Map(data.ties.map(function (tie) { return [tie.id, tie]; }));
  var tiesOf = new Map(data.nodes.map(function (node) { return [node.id, []]; }));
  data.ties.forEach(function (tie) { tiesOf.get(tie.a).push(tie); tiesOf.get(tie.b).push(tie); });
  var edges = new Map(data.edges.map(function (edge) { return [edge.id, edge]; }));
  var isStill = window.matchMedia("(prefers-reduced-motion: reduce)");

  var network = draw();
  chooseFromPicture();
  driveFromList();
  driveFromSearch();
  driveFromButtons();
  document.querySelectorAll(".network__tools, .network__keys").forEach(function (part) { part.hidden = false; });
  if (frame.dataset.chosen) { chooseNode(Number(frame.dataset.chosen)); }

  function draw() {
    var still = frame.querySelector("svg");
    var height = Math.max(420, Math.round(frame.clientWidth * 0.87));
    frame.replaceChildren();
    var drawn = new vis.Network(
      frame,
      { nodes: data.nodes, edges: data.edges },
      Object.assign({}, data.options, { height: height + "px", width: "100%", autoResize: true })
    );
    var canvas = frame.querySelector("canvas");
    /* vis-network draws dashes with round ends, which would turn the ticks of a weak tie into a string of beads. */
    Object.defineProperty(canvas.getContext("2d"), "lineCap", { get: function () { return "butt"; }, set: function () {} });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", still ? still.getAttribute("aria-label") : frame.dataset.label);
    drawn.redraw();
    frame.dataset.drawn = "true";
    return drawn;
  }

  function motion() {
    return isStill.matches ? false : { duration: 300, easingFunction: "easeInOutQuad" };
  }

  function chooseFromPicture() {
    network.on("click", function (event) {
      var edge = edges.get(network.getEdgeAt(event.pointer.DOM));
      if (event.nodes.length) { chooseNode(event.nodes[0]); return; }
      if (edge && edge.tie) { chooseTie(edge.tie); }
    });
    network.on("doubleClick", function (event) {
      var edge = edges.get(network.getEdgeAt(event.pointer.DOM));
      if (event.nodes.length) { window.location.assign(byId.get(event.nodes[0]).url); return; }
      if (edge && edge.tie && ties.get(edge.tie).url) { window.location.assign(ties.get(edge.tie).url); }
    });
  }

  function chooseNode(id, moveTo) {
    var node = byId.get(id);
    if (!node) { return; }
    network.selectNodes([id], false);
    if (moveTo) { network.focus(id, { scale: Math.max(network.getScale(), 0.9), animation: motion() }); }
    mark(id);
    fill(node.name, node.about || node.sector, tiesOf.get(id).map(function (tie) {
      var other = byId.get(tie.a === id ? tie.b : tie.a);
      return row(other.name, tie.word, tie.url);
    }), [link("Open", node.url)].concat(node.around ? [link("Show only its surroundings", node.around)] : []));
  }

  function chooseTie(id) {
    var tie = ties.get(id);
    network.selectEdges(data.edges.filter(function (edge) { return edge.tie === id; }).map(function (e) { return e.id; }));
    mark(null);
    fill(byId.get(tie.a).name + " and " + byId.get(tie.b).name, sharing(tie.partnerships), tie.says.map(function (said) {
      var figure = said.figure === null ? "" : " " + said.figure + ", " + said.low + " to " + said.high;
      return row(byId.get(said.rater).name + " of " + byId.get(said.ratee).name, said.word, said.url, figure);
    }), tie.url ? [link("Why this figure", tie.url)] : []);
  }

  function sharing(number) {
    return number === 1 ? "One partnership." : number + " partnerships.";
  }

  /* The card */
  function fill(title, about, rows, links) {
    if (!card) { return; }
    var facts = element("ul", "network-card__ties");
    var actions = element("p", "network-card__links");
    if (rows.length) { facts.append.apply(facts, rows); } else { facts.append(element("li", "quiet", "No live relationship.")); }
    links.forEach(function (one) { actions.append(one, " "); });
    card.replaceChildren(
      element("p", "network-card__caption", "Chosen"), named("h2", "network-card__title", title),
      element("p", "network-card__about", about), facts, actions
    );
    card.hidden = false;
  }

  function row(name, word, url, figure) {
    var item = element("li", "network-card__tie");
    var text = url ? link(name, url) : named("span", "", name);
    item.append(text, " ", element("strong", "standing standing--" + word.replace(" ", "-"), capital(word)));
    if (figure) { item.append(element("span", "network-card__figure", figure)); }
    return item;
  }

  function link(text, url) {
    var made = named("a", "govuk-link", text);
    made.href = url;
    return made;
  }

  function named(tag, className, text) {
    var made = element(tag, className, text);
    made.dir = "auto";
    return made;
  }

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text) { made.textContent = text; }
    return made;
  }

  function capital(word) {
    return word.charAt(0).toUpperCase() + word.slice(1);
  }

  /* The list beside the picture: arrow keys move, Enter shows it in the picture */
  function items() {
    return list ? Array.from(list.querySelectorAll("a[data-node]")) : [];
  }

  function mark(id) {
    items().forEach(function (item) {
      if (Number(item.dataset.node) === id) { item.setAttribute("aria-current", "true"); }
      else { item.removeAttribute("aria-current"); }
    });
  }

  function driveFromList() {
    if (!list) { return; }
    list.addEventListener("click", function (event) {
      var item = event.target.closest("a[data-node]");
      if (!item || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
      event.preventDefault();
      chooseNode(Number(item.dataset.node), true);
    });
    list.addEventListener("keydown", function (event) {
      var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) { return; }
      var shown = items().filter(function (item) { return !item.closest("li").hidden; });
      var next = shown[shown.indexOf(document.activeElement) + step];
      event.preventDefault();
      if (next) { next.focus(); }
    });
  }

  function driveFromSearch() {
    if (!search) { return; }
    search.addEventListener("input", function () {
      var wanted = search.value.trim().toLocaleLowerCase();
      items().forEach(function (item) {
        var node = byId.get(Number(item.dataset.node));
        var name = (node.name + " " + node.label).toLocaleLowerCase();
        item.closest("li").hidden = !name.includes(wanted);
      });
    });
    search.addEventListener("keydown", function (event) {
      if (event.key !== "Enter") { return; }
      event.preventDefault();
      var first = items().find(function (item) { return !item.closest("li").hidden; });
      if (first) { chooseNode(Number(first.dataset.node), true); first.focus(); }
    });
  }

  function driveFromButtons() {
    var zooms = document.getElementById("network-zoom");
    if (!zooms) { return; }
    zooms.hidden = false;
    zooms.addEventListener("click", function (event) {
      var kind = event.target.dataset.zoom;
      if (kind === "fit") { network.fit({ animation: motion() }); }
      else if (kind) {
        network.moveTo({ scale: network.getScale() * (kind === "in" ? 1.3 : 1 / 1.3), animation: motion() });
      }
    });
  }
})();
