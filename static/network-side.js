/* What stands beside the picture: the card of what is chosen, and the list that leads the picture by keyboard. */
(function () {
  "use strict";

  var parts = window.networkParts = window.networkParts || {};
  var MOST_FOUND = 20;

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) { made.className = className; }
    if (text) { made.textContent = text; }
    return made;
  }

  function named(tag, className, text) {
    var made = element(tag, className, text);
    made.dir = "auto";
    return made;
  }

  function link(text, url) {
    var made = named(url ? "a" : "span", url ? "govuk-link" : "", text);
    if (url) { made.href = url; }
    return made;
  }

  function capital(word) {
    return word.charAt(0).toUpperCase() + word.slice(1);
  }

  parts.card = function (card) {
    function fill(title, about, rows, links) {
      if (!card) { return; }
      var facts = element("ul", "network-card__ties"), actions = element("p", "network-card__links");
      facts.append.apply(facts, rows.length ? rows : [element("li", "quiet", "No live relationship.")]);
      links.forEach(function (one) { actions.append(one, " "); });
      card.replaceChildren(
        element("p", "network-card__caption", "Chosen"), named("h2", "network-card__title", title),
        named("p", "network-card__about", about), facts, actions
      );
      card.hidden = false;
    }

    function row(name, word, url, figure, change) {
      var item = element("li", "network-card__tie");
      item.append(link(name, url), " ", element("strong", "standing standing--" + word.replace(" ", "-"), capital(word)));
      if (change) { item.append(" ", element("span", "badge badge--outline", capital(change))); }
      if (figure) { item.append(element("span", "network-card__figure", figure)); }
      return item;
    }

    function told(name, text) {
      var item = element("li", "network-card__tie");
      item.append(named("span", "", name), element("span", "network-card__figure", text));
      return item;
    }

    function node(chosen, facts) {
      var around = facts.around(chosen);
      fill(chosen.name, chosen.about, chosen.ties.map(function (tie) {
        return facts.told(tie) ? told(facts.other(tie, chosen).name, facts.told(tie)) : row(facts.other(tie, chosen).name, tie.word, facts.evidenceOf(tie), "", tie.change);
      }), (chosen.url ? [link("Open", chosen.url)] : []).concat(around ? [link("Show only its surroundings", around)] : []));
    }

    function tie(chosen, facts) {
      var both = chosen.a.name + " and " + chosen.b.name, url = facts.evidenceOf(chosen), number = facts.partnerships(chosen);
      if (facts.told(chosen)) { fill(both, "", [told("Between them", facts.told(chosen))], []); return; }
      fill(both, (chosen.change ? capital(chosen.change) + ". " : "") + (number === 1 ? "One partnership." : number + " partnerships."), facts.says(chosen).filter(Boolean).map(function (said) {
        return row(said.rater + " of " + said.ratee, said.word, said.url, said.figure);
      }), url ? [link("Why this figure", url)] : []);
    }

    return { node: node, tie: tie, clear: function () { if (card) { card.hidden = true; card.replaceChildren(); } } };
  };

  /* One item of the list is in the order of Tab; arrow keys, Home and End move among them, Enter shows it. */
  parts.list = function (list, search, choose) {
    var facts = null;

    function items() {
      return list ? Array.from(list.querySelectorAll("a[data-node]")) : [];
    }

    function shown() {
      return items().filter(function (item) { return !item.closest("li").hidden; });
    }

    function reach(item) {
      items().forEach(function (one) { one.tabIndex = one === item ? 0 : -1; });
    }

    function mark(id) {
      items().forEach(function (item) {
        if (Number(item.dataset.node) === id) { item.setAttribute("aria-current", "true"); reach(item); }
        else { item.removeAttribute("aria-current"); }
      });
    }

    function know(known) {
      facts = known;
      if (!list) { return; }
      if (!items().some(function (item) { return item.hasAttribute("aria-current"); })) { reach(items()[0]); }
      list.addEventListener("click", function (event) {
        var item = event.target.closest("a[data-node]");
        if (!item || list.dataset.leads || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
        event.preventDefault();
        choose(facts.byId.get(Number(item.dataset.node)), true);
      });
      list.addEventListener("keydown", move);
      if (search) { seek(); }
    }

    function move(event) {
      var reachable = shown(), at = reachable.indexOf(document.activeElement);
      var to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: reachable.length - 1 }[event.key];
      if (to === undefined || at < 0) { return; }
      event.preventDefault();
      if (reachable[to]) { reach(reachable[to]); reachable[to].focus(); }
    }

    function seek() {
      var names = new Map(facts.nodes.map(function (node) { return [node.id, (node.name + " " + node.label).toLocaleLowerCase()]; }));
      search.addEventListener("input", function () { narrow(search.value.trim().toLocaleLowerCase(), names); });
      search.addEventListener("keydown", function (event) {
        if (event.key !== "Enter") { return; }
        event.preventDefault();
        var first = shown()[0];
        if (first) { first.focus(); first.click(); }
      });
    }

    /* Shows what has the words in its name; of those that the list does not have, the first few are added. */
    function narrow(wanted, names) {
      list.querySelectorAll("li[data-found]").forEach(function (item) { item.remove(); });
      var listed = new Set();
      items().forEach(function (item) {
        listed.add(Number(item.dataset.node));
        item.closest("li").hidden = !(names.get(Number(item.dataset.node)) || "").includes(wanted);
      });
      if (wanted) {
        facts.nodes.filter(function (node) { return !listed.has(node.id) && names.get(node.id).includes(wanted); })
          .slice(0, MOST_FOUND).forEach(add);
      }
      reach(shown()[0]);
    }

    function add(node) {
      var item = element("li", "network-list__item"), made = link(node.label, facts.chosen(node) || node.url || "#network-picture");
      made.dataset.node = node.id;
      item.dataset.found = "true";
      item.append(made, element("span", "network-list__marks quiet", node.ties.length + (node.ties.length === 1 ? " tie" : " ties")));
      list.append(item);
    }

    return { know: know, mark: mark };
  };
})();
