/* Suggestions while typing: a combobox with a list (WAI-ARIA) on top of a search box that works without. */
(function () {
  "use strict";
  var WAIT = 150; // milliseconds without a key before anything is asked
  document.querySelectorAll("input[data-suggest]").forEach(function (input) {
    var list = document.createElement("ul");
    var status = document.createElement("span");
    var timer = 0, asked = null, active = -1, typed = input.value;
    list.id = input.id + "-list";
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestLabel);
    status.className = "unseen";
    status.setAttribute("role", "status");
    input.parentNode.appendChild(list);
    input.parentNode.appendChild(status);
    input.setAttribute("role", "combobox");
    input.setAttribute("autocomplete", "off");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function choose(place) {
      var options = list.children;
      active = place < -1 ? options.length - 1 : place >= options.length ? -1 : place;
      Array.prototype.forEach.call(options, function (option, index) {
        option.setAttribute("aria-selected", index === active ? "true" : "false");
      });
      if (active < 0) { input.removeAttribute("aria-activedescendant"); return; }
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({block: "nearest"});
    }
    function show(found) {
      list.textContent = "";
      found.forEach(function (one, index) {
        var option = document.createElement("li"), note = document.createElement("small");
        option.id = list.id + "-" + index;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = one.url;
        option.textContent = one.text;
        note.textContent = one.note;
        option.appendChild(note);
        list.appendChild(option);
      });
      active = -1;
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", found.length ? "true" : "false");
      input.removeAttribute("aria-activedescendant");
      status.textContent = found.length ? input.dataset.suggestCount.replace("0", found.length) : "";
    }
    function ask() {
      var text = input.value.trim();
      if (asked) { asked.abort(); }
      if (!text) { close(); return; }
      asked = new AbortController();
      fetch(input.dataset.suggest + "?q=" + encodeURIComponent(text), {signal: asked.signal})
        .then(function (answer) { return answer.ok ? answer.json() : {suggestions: []}; })
        .then(function (answer) { if (document.activeElement === input) { show(answer.suggestions); } })
        .catch(function () { });
    }
    input.addEventListener("input", function (event) {
      if (event.isComposing || input.value === typed) { return; }
      typed = input.value;
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, WAIT);
    });
    input.addEventListener("compositionend", function () {
      typed = input.value;
      window.clearTimeout(timer);
      timer = window.setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", function (event) {
      if (event.isComposing) { return; }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) { if (event.key === "ArrowDown") { ask(); event.preventDefault(); } return; }
        event.preventDefault();
        choose(event.key === "ArrowDown" ? active + 1 : active - 1);
      } else if (event.key === "Enter" && !list.hidden && active >= 0) {
        event.preventDefault();
        window.location.assign(list.children[active].dataset.url);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    input.addEventListener("blur", function () { window.setTimeout(close, 150); });
    list.addEventListener("mousedown", function (event) {
      var option = event.target.closest("li");
      event.preventDefault();
      if (option) { window.location.assign(option.dataset.url); }
    });
  });
})();
