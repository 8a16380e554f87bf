/* Turns the columns of the picture's data into nodes, ties and edges. Names stay text: nothing here is ever HTML. */
(function () {
  "use strict";

  var parts = window.networkParts = window.networkParts || {};

  parts.facts = function (data) {
    var nodes = data.nodes.id.map(function (id, at) {
      return {
        at: at, id: id, label: data.nodes.label[at], name: data.nodes.name[at] || data.nodes.label[at],
        shape: data.nodes.shapes[data.nodes.shape[at]], size: data.nodes.size[at], x: data.nodes.x[at], y: data.nodes.y[at],
        about: data.nodes.abouts[data.nodes.about[at]], url: data.nodes.url ? data.nodes.url[at] : address(id), ties: []
      };
    });
    var ties = data.ties.a.map(function (a, at) {
      var tie = { at: at, a: nodes[a], b: nodes[data.ties.b[at]], word: data.words[data.ties.word[at]] };
      tie.a.ties.push(tie);
      tie.b.ties.push(tie);
      return tie;
    });
    var edges = data.edges.from.map(function (from, at) {
      return {
        from: nodes[from], to: nodes[data.edges.to[at]], word: data.edges.word[at], tie: ties[data.edges.tie[at]] || null,
        strength: data.edges.strength[at] / 100, bent: data.edges.bent[at] === 1, change: data.edges.change[at] || ""
      };
    });
    edges.forEach(function (edge) { if (edge.change) { edge.tie.change = edge.change; } });
    var byId = new Map(nodes.map(function (node) { return [node.id, node]; }));

    /* The address of a node: a partnership's id has a minus before it. */
    function address(id) {
      var around = data.urls && data.urls[id < 0 ? "partnership" : "node"];
      return around ? around[0] + Math.abs(id) + around[1] : null;
    }

    function other(tie, node) {
      return tie.a === node ? tie.b : tie.a;
    }

    /* What each side of a tie says of the other, with the address of the evidence. */
    function says(tie) {
      return ["a", "b"].map(function (side) {
        var of = function (name) { return data.ties[side + "_" + name][tie.at]; };
        if (of("word") < 0) { return null; }
        return {
          rater: nameOf(of("rater")), ratee: nameOf(of("ratee")), word: data.words[of("word")],
          figure: of("figure") < 0 ? "" : of("figure") + ", " + of("low") + " to " + of("high"),
          url: evidence(of("rater"), of("ratee"), of("in"))
        };
      });
    }

    function nameOf(id) {
      var node = byId.get(id);
      return node ? node.name : "another organisation";
    }

    function evidence(rater, ratee, partnership) {
      var url = data.urls && data.urls.evidence;
      return url ? url[0] + rater + url[1] + ratee + url[2] + partnership + url[3] : null;
    }

    /* The evidence behind the word that the tie is called after; what lies between groups has none of its own. */
    function evidenceOf(tie) {
      var named = data.ties.named[tie.at];
      return named ? says(tie)[named - 1].url : null;
    }

    return {
      nodes: nodes, ties: ties, edges: edges, byId: byId, other: other, says: says, evidenceOf: evidenceOf,
      partnerships: function (tie) { return data.ties.partnerships[tie.at]; },
      told: function (tie) { return data.ties.told ? data.ties.told[tie.at] : null; },
      around: function (node) {
        return data.urls && data.urls.around && node.id > 0 ? data.urls.around[0] + node.id + data.urls.around[1] : null;
      },
      chosen: function (node) { return data.urls && data.urls.chosen ? data.urls.chosen[0] + node.id + data.urls.chosen[1] : null; }
    };
  };
})();
