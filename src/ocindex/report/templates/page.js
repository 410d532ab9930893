"use strict";
// Lines of the page's data in, the part of them that a reader asks for out: filtered, searched, a hundred at a time.
(() => {
  const PAGE = 100;
  const SLICE = 4000;
  const WAIT = 120;
  const LARGEST_TABLE = 1_000_000;
  const EFFECT = 0, TABLE = 1, CAUSE = 2, COUNTRY = 3, FOLLOWS = 4, HEADLINE = 5;
  const PLACE = 6, OLD = 8, NEW = 9, MORE = 10;
  const { names, rows } = JSON.parse(document.getElementById("data").textContent);
  const find = (id) => document.getElementById(id);
  const form = find("filters"), status = find("status"), list = find("lines"), pages = find("pages");
  const haystacks = new Array(rows.length);
  let shown = [], page = 0, turn = 0;

  // What is asked for: a test of codes, then of words; codes are numbers, so the first costs nothing.
  function wanted() {
    const chosen = (id) => (find(id) ? find(id).value : "");
    const code = (name, id) => (chosen(id) === "" ? -1 : names[name].indexOf(chosen(id)));
    const effects = new Set();
    for (const box of form.querySelectorAll("[name=effect]:checked")) effects.add(names.effect.indexOf(box.value));
    const leads = names.follows.indexOf(null);
    const following = find("following") !== null && find("following").checked;
    const table = code("table", "table"), cause = code("cause", "cause"), country = code("country", "country");
    const words = chosen("words").toLowerCase().split(/\s+/).filter(Boolean);
    return (number) => {
      const row = rows[number];
      return effects.has(row[EFFECT]) && (following || row[FOLLOWS] === leads) && (table < 0 || row[TABLE] === table)
        && (cause < 0 || row[CAUSE] === cause) && (country < 0 || row[COUNTRY] === country)
        && words.every((word) => haystack(number).includes(word));
    };
  }

  function haystack(number) {
    if (haystacks[number] === undefined) {
      const row = rows[number];
      const parts = [names.effect[row[EFFECT]], names.table[row[TABLE]], names.cause[row[CAUSE]],
        names.headline[row[HEADLINE]], row[PLACE], row[OLD], row[NEW], ...row[MORE].flat()];
      haystacks[number] = parts.filter((part) => part !== null).join("\n").toLowerCase();
    }
    return haystacks[number];
  }

  // In slices, with a breath between: a search through fifty thousand lines must not hold up typing.
  async function update() {
    const own = ++turn, test = wanted(), found = [];
    for (let start = 0; start < rows.length; start += SLICE) {
      for (let number = start; number < Math.min(start + SLICE, rows.length); number += 1) {
        if (test(number)) found.push(number);
      }
      await new Promise((done) => setTimeout(done));
      if (own !== turn) return;
    }
    shown = found;
    page = 0;
    draw();
  }

  function draw() {
    const last = Math.max(0, Math.ceil(shown.length / PAGE) - 1);
    page = Math.min(Math.max(0, page), last);
    const part = shown.slice(page * PAGE, (page + 1) * PAGE);
    list.replaceChildren(...part.map((number) => drawLine(rows[number])));
    list.start = page * PAGE + 1;
    const range = part.length ? `${(page * PAGE + 1).toLocaleString("en")}–${(page * PAGE + part.length).toLocaleString("en")} of ` : "";
    status.textContent = shown.length === 0 ? "No line fits. Loosen the filters or reset them."
      : `${range}${shown.length.toLocaleString("en")} ${shown.length === 1 ? "line" : "lines"}`;
    pages.hidden = last === 0;
    find("page").textContent = `Page ${(page + 1).toLocaleString("en")} of ${(last + 1).toLocaleString("en")}`;
    find("first").disabled = find("previous").disabled = page === 0;
    find("last").disabled = find("next").disabled = page === last;
  }

  function drawLine(row) {
    const effect = names.effect[row[EFFECT]], table = names.table[row[TABLE]];
    const follows = names.follows[row[FOLLOWS]], cause = names.cause[row[CAUSE]];
    const line = make("li", `line ${effect}${follows === null ? "" : " follows"}`);
    const title = make("h3");
    title.append(make("span", `effect ${effect}`, effect), " ", make("bdi", "", names.headline[row[HEADLINE]]));
    const where = make("p", "where");
    where.append(make("span", "", table), " ", make("bdi", "", row[PLACE] === table ? "" : row[PLACE]));
    if (cause !== null) where.append(" ", make("span", "cause", cause));
    if (follows !== null) where.append(" ", make("span", "from", `follows from ${follows}`));
    line.append(title, where);
    if (row[OLD] !== null || row[NEW] !== null) {
      const words = make("p", "words");
      words.dir = "auto";
      words.append(...markWords(row[OLD], row[NEW]));
      line.append(words);
    }
    if (row[MORE].length) line.append(drawValues(row[MORE], row[OLD] === null && row[NEW] === null));
    return line;
  }

  function drawValues(more, open) {
    const values = make("dl", "more");
    for (const [name, old, now] of more) {
      const value = make("dd");
      value.append(...markWords(old, now));
      values.append(make("dt", "", name), value);
    }
    const fold = make("details");
    fold.open = open && more.length <= 6;
    fold.append(make("summary", "", more.length === 1 ? "1 other value" : `${more.length} other values`), values);
    if (open) fold.firstChild.textContent = more.length === 1 ? "1 value" : `${more.length} values`;
    return fold;
  }

  function markWords(old, now) {
    if (old === now) return [old === "" ? make("span", "null", "empty") : old];
    if (old === null || now === null) {
      const value = old === null ? now : old;
      return [make(old === null ? "ins" : "del", "", value === "" ? "empty" : value)];
    }
    return compareWords(old, now).flatMap(([kind, text]) => {
      if (kind === "same") return [text];
      // One blank before a word stays outside the mark, so that a struck word reads as a word.
      return /^ \S/.test(text) ? [" ", make(kind, "", text.slice(1))] : [make(kind, "", text)];
    });
  }

  // The words that went (del), came (ins) and stayed, as compare/releases/words.py tells them: white space belongs
  // to the word after it, so that joining the pieces gives both texts back.
  function compareWords(old, now) {
    const split = (text) => text.match(/\s*\S+|\s+$/g) || [];
    const a = split(old), b = split(now);
    let start = 0, end = 0;
    while (start < Math.min(a.length, b.length) && a[start] === b[start]) start += 1;
    while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
    const middle = align(a.slice(start, a.length - end), b.slice(start, b.length - end));
    const pieces = [["same", a.slice(0, start).join("")], ...middle, ["same", a.slice(a.length - end).join("")]];
    return pieces.filter(([, text]) => text !== "");
  }

  function align(a, b) {
    if (a.length * b.length > LARGEST_TABLE) return [["del", a.join("")], ["ins", b.join("")]];
    const width = b.length + 1, table = new Uint16Array((a.length + 1) * width);
    for (let i = a.length - 1; i >= 0; i -= 1) {
      for (let j = b.length - 1; j >= 0; j -= 1) {
        table[i * width + j] = a[i] === b[j] ? table[(i + 1) * width + j + 1] + 1
          : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
      }
    }
    const pieces = [];
    let cut = "", came = "", same = "";
    const close = () => {
      if (cut) pieces.push(["del", cut]);
      if (came) pieces.push(["ins", came]);
      if (same) pieces.push(["same", same]);
      cut = came = same = "";
    };
    for (let i = 0, j = 0; i < a.length || j < b.length;) {
      if (i < a.length && j < b.length && a[i] === b[j]) {
        same += a[i];
        i += 1;
        j += 1;
        continue;
      }
      if (same) close();
      if (j >= b.length || (i < a.length && table[(i + 1) * width + j] >= table[i * width + j + 1])) {
        cut += a[i];
        i += 1;
      } else {
        came += b[j];
        j += 1;
      }
    }
    close();
    return pieces;
  }

  // Text is only ever set as text: nothing in the data can become an element.
  function make(name, kind, text) {
    const element = document.createElement(name);
    if (kind) element.className = kind;
    if (text !== undefined) element.textContent = text;
    return element;
  }

  function turnTo(number) {
    page = number;
    draw();
    find("changes").focus({ preventScroll: true });
    form.scrollIntoView({ block: "start" });
  }

  let timer = 0;
  form.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(update, event.target.type === "search" ? WAIT : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(update));
  find("first").addEventListener("click", () => turnTo(0));
  find("previous").addEventListener("click", () => turnTo(page - 1));
  find("next").addEventListener("click", () => turnTo(page + 1));
  find("last").addEventListener("click", () => turnTo(Infinity));
  form.hidden = status.hidden = false;
  update().then(() => { document.documentElement.dataset.ready = "yes"; });
})();
