/* Putting entries in order by dragging their rows: fills in the numbers, which are then saved as if
   they had been typed. Everything it does can be done by number and by button. */
(function () {
  "use strict";
  var body = document.querySelector("[data-order]");
  if (!body) { return; }
  var moved = null;
  function number(row) { return row.querySelector("input[name^='place_']"); }
  function ordered() { return Array.prototype.filter.call(body.rows, number); }
  ordered().forEach(function (row) { row.draggable = true; });
  body.addEventListener("dragstart", function (event) {
    moved = event.target.closest ? event.target.closest("tr") : null;
    if (moved) { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", ""); }
  });
  body.addEventListener("dragover", function (event) {
    var over = event.target.closest("tr");
    if (!moved || !over || over === moved || !number(over)) { return; }
    event.preventDefault();
    var box = over.getBoundingClientRect();
    body.insertBefore(moved, event.clientY > box.top + box.height / 2 ? over.nextSibling : over);
  });
  body.addEventListener("drop", function (event) { event.preventDefault(); });
  body.addEventListener("dragend", function () {
    var rows = ordered();
    var numbers = rows.map(function (row) { return Number(number(row).value); });
    numbers.sort(function (one, other) { return one - other; });
    rows.forEach(function (row, index) { number(row).value = numbers[index]; });
    var save = document.querySelector("[data-order-save]");
    if (moved && save) { save.classList.remove("second"); }
    moved = null;
  });
})();
