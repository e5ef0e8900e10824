// Draws the charts of a page. The page brings each chart as plain data; everything that has to be a function is here:
// what a pointer shows, and which colours the night has.
"use strict";
var koblet = {
  // option makes a chart's data ready: night colours where asked for.
  option: function (chart, page, night) {
    var text = JSON.stringify(chart.option);
    if (night) {
      text = text.replace(/"(#[0-9a-f]{3,6})"/g, function (all, colour) {
        return JSON.stringify(page.night[colour] || colour);
      });
    }
    var option = JSON.parse(text);
    option.tooltip.renderMode = "richText";
    option.tooltip.confine = true;
    option.tooltip.textStyle = { color: night ? page.night["#1a1a1a"] : "#1a1a1a", fontFamily: option.textStyle.fontFamily, fontSize: 13 };
    option.tooltip.formatter = function (points) {
      if (!Array.isArray(points)) {
        return points.name;
      }
      var lines = points.filter(function (p) { return /^figure/.test(p.seriesId) && p.data && p.data.name && p.value !== "-" && p.value !== undefined; });
      if (lines.length === 0) {
        return "";
      }
      return [lines[0].axisValueLabel].concat(lines.map(function (p) { return p.seriesName + ": " + p.data.name; })).join("\n");
    };
    return option;
  },
  // start puts a live chart over each still one, at the same size, and follows the day and the width of the window.
  start: function () {
    var page = JSON.parse(document.getElementById("page-data").textContent);
    var dark = window.matchMedia("(prefers-color-scheme: dark)");
    var live = [];
    var slim = window.matchMedia("(max-width: 860px)");
    var each = function (box) {
      var charts = JSON.parse(box.querySelector("script").textContent);
      var place = document.createElement("div");
      place.className = "live";
      box.appendChild(place);
      var c = null;
      var now = function () { return slim.matches && charts.slim ? charts.slim : charts.wide; };
      var fit = function () {
        var still = box.querySelector(now() === charts.slim ? ".slim" : ".still");
        place.style.transform = "scale(" + still.clientWidth / now().width + ")";
      };
      // Words were placed for the drawing's own size, so a smaller window shows it smaller, as the still one.
      var draw = function () {
        var chart = now();
        if (c) {
          c.dispose();
        }
        place.style.width = chart.width + "px";
        place.style.height = chart.height + "px";
        c = echarts.init(place, null, { renderer: "svg", width: chart.width, height: chart.height });
        c.setOption(koblet.option(chart, page, dark.matches), true);
        fit();
      };
      draw();
      box.classList.add("started");
      live.push({ draw: draw, fit: fit });
    };
    Array.prototype.forEach.call(document.querySelectorAll(".chart"), each);
    [dark, slim].forEach(function (media) {
      media.addEventListener("change", function () { live.forEach(function (l) { l.draw(); }); });
    });
    window.addEventListener("beforeprint", function () {
      Array.prototype.forEach.call(document.querySelectorAll("details"), function (d) { d.open = true; });
    });
    window.addEventListener("resize", function () { live.forEach(function (l) { l.fit(); }); });
  }
};
if (typeof document !== "undefined") {
  koblet.start();
}
