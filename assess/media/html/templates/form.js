"use strict";
// The form: asks one question at a time, keeps a draft under the seal of the code, and saves one
// sealed file. It has no words of its own (they stand in the JSON beside it), loads nothing, sends
// nothing, and puts what anybody typed on the page as text only.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { texts, questions, dimensions } = data;
  const form = document.getElementById("form");
  const encoder = new TextEncoder();
  // What is answered, what the code is, and what keeps the draft; nothing else is remembered.
  const state = { code: "", answers: {}, hours: "", size: "", lock: null, place: "", saved: null };
  let drafts = true;
  let note = "";

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
  }

  // --- Codes, as the program in Python reads them ---

  function plainCode(typed) {
    const letters = typed.normalize("NFKC").toUpperCase();
    return [...letters].filter((letter) => !data.ignored.includes(letter)).join("");
  }

  function isCode(code) {
    if (code.length !== data.code_length) return false;
    let sum = 0;
    for (let place = 0; place < code.length; place += 1) {
      const value = data.letters.indexOf(code[place]);
      if (value < 0) return false;
      sum += (place + 1) * value;
    }
    return sum % data.letters.length === 0;
  }

  // --- Bytes ---

  function join(...parts) {
    const bytes = parts.map((part) => (typeof part === "string" ? encoder.encode(part) : new Uint8Array(part)));
    const joined = new Uint8Array(bytes.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of bytes) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  }

  function toText(bytes) {
    let text = "";
    for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
    return btoa(text);
  }

  function fromText(text) {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  }

  function toHex(bytes) {
    return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  function padded(value) {
    const text = encoder.encode(JSON.stringify(value));
    const size = Math.ceil(text.length / 4096) * 4096;
    return join(text, " ".repeat(size - text.length));
  }

  // --- The draft: AES-GCM with a key that follows from the code ---

  async function makeLock(code) {
    const typed = await crypto.subtle.importKey("raw", encoder.encode(code), "PBKDF2", false, ["deriveBits"]);
    const salt = join("draft", fromText(data.salt));
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: data.rounds };
    const bits = new Uint8Array(await crypto.subtle.deriveBits(how, typed, 384));
    const key = await crypto.subtle.importKey("raw", bits.slice(0, 32), "AES-GCM", false, ["encrypt", "decrypt"]);
    return { key, name: `assess-${data.mark}-${toHex(bits.slice(32))}` };
  }

  // Reading the property itself throws where a browser blocks site data.
  function store(act) {
    try {
      return act(window.localStorage);
    } catch {
      drafts = false;
      return null;
    }
  }

  async function keepDraft() {
    if (state.saved) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const { answers, hours, size, place } = state;
    const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, state.lock.key, padded({ answers, hours, size, place }));
    const text = JSON.stringify({ at: new Date().toISOString(), iv: toText(iv), box: toText(box) });
    store((storage) => storage.setItem(state.lock.name, text));
    const there = store((storage) => storage.getItem(state.lock.name)) === text;
    drafts = there;
    note = there ? fill(texts.draft_saved, { time: shortTime(new Date()) }) : texts.no_draft;
  }

  // What lies there may come from any other page on this disk: only what the key opens is used,
  // and of that only what could have been an answer.
  async function openDraft() {
    const text = store((storage) => storage.getItem(state.lock.name));
    if (!text) return "";
    try {
      const { at, iv, box } = JSON.parse(text);
      const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: fromText(iv) }, state.lock.key, fromText(box));
      const kept = JSON.parse(new TextDecoder().decode(opened));
      for (const question of questions) {
        if (isAnswer(kept.answers[question.id])) state.answers[question.id] = kept.answers[question.id];
      }
      state.hours = String(kept.hours);
      state.size = String(kept.size);
      state.place = String(kept.place);
      return fill(texts.draft_found, { time: new Date(at).toLocaleString(document.documentElement.lang) });
    } catch {
      return texts.draft_broken;
    }
  }

  function isAnswer(given) {
    if (typeof given !== "object" || given === null) return false;
    if (given.choice === "dont-know") return true;
    if (given.choice === "not-applicable") return typeof given.reason === "string" && given.reason.trim() !== "";
    return ["0", "1", "2", "3"].includes(given.choice) && typeof given.evidence === "string";
  }

  function shortTime(time) {
    return time.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  }

  // --- The seal: HPKE (RFC 9180), base mode, P-256, HKDF-SHA256, AES-256-GCM ---

  async function hmac(key, ...parts) {
    // An empty key is refused here; 32 zero bytes are the same key to HMAC.
    const raw = key.length ? key : new Uint8Array(32);
    const made = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return new Uint8Array(await crypto.subtle.sign("HMAC", made, join(...parts)));
  }

  function two(number) {
    return new Uint8Array([number >> 8, number & 255]);
  }

  function extract(suite, salt, label, secret) {
    return hmac(salt, "HPKE-v1", suite, label, secret);
  }

  // All lengths are at most one block of SHA-256, so one round of HKDF-Expand is enough.
  async function expand(suite, key, label, info, length) {
    const block = await hmac(key, two(length), "HPKE-v1", suite, label, info, new Uint8Array([1]));
    return block.slice(0, length);
  }

  async function seal(publicKey, purpose, content) {
    const curve = { name: "ECDH", namedCurve: "P-256" };
    const theirs = await crypto.subtle.importKey("raw", publicKey, curve, false, []);
    const ours = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
    const sent = new Uint8Array(await crypto.subtle.exportKey("raw", ours.publicKey));
    const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256));
    const none = new Uint8Array(0);
    const kem = join("KEM", two(0x0010));
    const suite = join("HPKE", two(0x0010), two(0x0001), two(0x0002));
    const first = await extract(kem, none, "eae_prk", shared);
    const secret = await expand(kem, first, "shared_secret", join(sent, publicKey), 32);
    const context = join(
      new Uint8Array([0]),
      await extract(suite, none, "psk_id_hash", none),
      await extract(suite, none, "info_hash", encoder.encode(purpose)),
    );
    const schedule = await extract(suite, secret, "secret", none);
    const raw = await expand(suite, schedule, "key", context, 32);
    const iv = await expand(suite, schedule, "base_nonce", context, 12);
    const key = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt"]);
    return join(sent, await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, content));
  }

  function answerValue(given) {
    if (given.choice === "dont-know") return given.choice;
    if (given.choice === "not-applicable") return { "not-applicable": given.reason.trim() };
    const level = Number(given.choice);
    return given.evidence.trim() && level >= 2 ? { level, evidence: given.evidence.trim() } : level;
  }

  async function makeFile() {
    const number = toHex(crypto.getRandomValues(new Uint8Array(16)));
    const content = { ...data.head, number, code: state.code, answers: {} };
    for (const question of questions) content.answers[question.id] = answerValue(state.answers[question.id]);
    if (state.hours) content.hours_per_week = Number(state.hours);
    if (state.size) content.team_size = Number(state.size);
    const box = await seal(fromText(data.key), data.purpose, padded(content));
    const file = { format: data.format, version: 1, key: data.mark, box: toText(box) };
    return { name: `answers-${number.slice(0, 6)}.assess`, text: `${JSON.stringify(file)}\n` };
  }

  function download({ name, text }) {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "application/octet-stream" })), download: name, hidden: "" });
    document.body.append(link);
    link.click();
    // Some browsers save nothing when the address is taken back at once.
    setTimeout(() => {
      URL.revokeObjectURL(link.href);
      link.remove();
    }, 40000);
  }

  // --- The page ---

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  function button(text, act, isMain) {
    const made = make("button", { type: isMain ? "submit" : "button", class: isMain ? "main" : "" }, text);
    if (act) made.addEventListener("click", act);
    return made;
  }

  function paragraphs(text, tone) {
    return text.split("\n").map((line) => make("p", { class: tone || "" }, line));
  }

  // Shows one view. The heading is new each time and gets the focus, so that it is read aloud.
  function show(heading, content, submit) {
    const h1 = make("h1", { tabindex: "-1", id: "heading" }, heading);
    const body = make("form", { autocomplete: "off", novalidate: "" });
    const parts = content(h1);
    body.append(...parts);
    body.addEventListener("submit", (event) => {
      event.preventDefault();
      if (submit) submit(body);
    });
    const status = make("p", { class: "quiet", role: "status" }, note);
    form.replaceChildren(body, status);
    document.title = `${heading} \u00b7 ${texts.title}`;
    window.scrollTo(0, 0);
    h1.focus();
  }

  function fail(text, target) {
    document.querySelectorAll(".error").forEach((old) => old.remove());
    const link = make("a", { href: "#" }, text);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      target.focus();
    });
    const inner = make("div", { role: "alert" }, link);
    const summary = make("div", { class: "error", tabindex: "-1" }, inner);
    document.getElementById("heading").closest("form").prepend(summary);
    target.setAttribute("aria-invalid", "true");
    if (!document.title.startsWith(texts.error)) document.title = texts.error + document.title;
    summary.focus();
  }

  function field(kind, id, label, hint, value) {
    const attributes = { id, autocomplete: "off", spellcheck: "false", maxlength: "10000" };
    if (kind === "input") attributes.type = "text";
    if (hint) attributes["aria-describedby"] = `${id}-hint`;
    const control = make(kind, attributes);
    control.value = value;
    const parts = [make("label", { for: id }, label)];
    if (hint) parts.push(make("p", { id: `${id}-hint`, class: "quiet" }, hint));
    return make("div", { class: "field" }, ...parts, control);
  }

  function showStart() {
    show(
      texts.title,
      (h1) => [
        h1,
        ...paragraphs(texts.lead),
        make("p", { class: "rule" }, texts.rule),
        make("p", { class: "quiet" }, drafts ? texts.draft : texts.no_draft),
        make("p", { class: "quiet" }, texts.mark),
        field("input", "code", texts.code, texts.code_hint, ""),
        make("div", { class: "buttons" }, button(texts.begin, null, true)),
      ],
      begin,
    );
  }

  async function begin(body) {
    const control = body.querySelector("#code");
    const code = plainCode(control.value);
    if (!code) return fail(texts.code_missing, control);
    if (!isCode(code)) return fail(texts.code_wrong, control);
    body.querySelector("button").disabled = true;
    body.append(make("p", { role: "status" }, texts.working));
    state.code = code;
    state.lock = await makeLock(code);
    note = await openDraft();
    const last = questions.findIndex((question) => question.id === state.place);
    const open = questions.findIndex((question) => !state.answers[question.id]);
    if (last >= 0) return showQuestion(last);
    return open < 0 ? showReview() : showQuestion(open);
  }

  function showQuestion(place) {
    const question = questions[place];
    const given = state.answers[question.id] || { choice: "" };
    const dimension = dimensions[question.dimension];
    const ask = fill(texts.question, { number: place + 1, of: questions.length, ask: question.ask });
    show(
      ask,
      (h1) => {
        const choices = [...question.levels.map((text, level) => [String(level), text]), ["dont-know", texts.dont_know], ["not-applicable", texts.not_applicable]];
        const evidence = field("textarea", "evidence", question.evidence || texts.evidence, texts.optional, given.evidence || "");
        const reason = field("textarea", "reason", texts.reason, "", given.reason || "");
        const rows = choices.map(([value, text]) => {
          const radio = make("input", { type: "radio", name: "choice", id: `choice-${value}`, value, autocomplete: "off" });
          radio.checked = given.choice === value;
          radio.addEventListener("change", () => unfold(value));
          return make("div", { class: "choice" }, radio, make("label", { for: radio.id }, text));
        });
        function unfold(value) {
          evidence.hidden = !["2", "3"].includes(value);
          reason.hidden = value !== "not-applicable";
        }
        unfold(given.choice);
        const group = make("fieldset", { "aria-describedby": "rule" }, make("legend", {}, h1), ...rows);
        group.addEventListener("keydown", (event) => {
          const radio = document.activeElement.name === "choice" && document.getElementById(`choice-${event.key}`);
          if (radio && !event.ctrlKey && !event.altKey && !event.metaKey) {
            radio.checked = true;
            radio.focus();
            unfold(radio.value);
          }
        });
        const buttons = [button(texts.next, null, true)];
        if (place > 0) buttons.push(button(texts.back, () => leave(place, place - 1)));
        if (questions.every((one) => state.answers[one.id])) buttons.push(button(texts.to_review, () => leave(place, questions.length)));
        return [
          make("progress", { max: questions.length, value: place, "aria-hidden": "true" }),
          make("p", { class: "quiet" }, `${dimension.title}. ${dimension.about}`),
          group,
          make("p", { id: "rule", class: "quiet" }, texts.rule),
          evidence,
          reason,
          make("div", { class: "buttons" }, ...buttons),
        ];
      },
      () => answer(place),
    );
  }

  function readAnswer() {
    const chosen = form.querySelector("input[name=choice]:checked");
    if (!chosen) return null;
    const reason = form.querySelector("#reason").value;
    const evidence = form.querySelector("#evidence").value;
    return { choice: chosen.value, evidence, reason };
  }

  async function answer(place) {
    const given = readAnswer();
    if (!given) return fail(texts.choose_one, form.querySelector("input[name=choice]"));
    if (!isAnswer(given)) return fail(texts.reason_missing, form.querySelector("#reason"));
    state.answers[questions[place].id] = given;
    return go(place + 1);
  }

  // Going back keeps what is whole and asks for nothing.
  async function leave(place, next) {
    const given = readAnswer();
    if (given && isAnswer(given)) state.answers[questions[place].id] = given;
    return go(next);
  }

  async function go(place) {
    state.place = place < questions.length ? questions[place].id : "";
    await keepDraft();
    if (place < questions.length) showQuestion(place);
    else showReview();
  }

  function inWords(question) {
    const given = state.answers[question.id];
    if (!given) return texts.open;
    if (given.choice === "dont-know") return texts.dont_know;
    if (given.choice === "not-applicable") return `${texts.not_applicable}: ${given.reason}`;
    const more = Number(given.choice) >= 2 && given.evidence.trim() ? ` (${given.evidence.trim()})` : "";
    return `${question.levels[Number(given.choice)]}${more}`;
  }

  function showReview() {
    const left = questions.filter((question) => !state.answers[question.id]);
    show(
      texts.review,
      (h1) => {
        const parts = [h1, make("p", {}, texts.review_about)];
        for (const [id, dimension] of Object.entries(dimensions)) {
          const list = make("ul", {});
          questions.forEach((question, place) => {
            if (question.dimension !== id) return;
            const change = button(texts.change, () => go(place));
            change.setAttribute("aria-label", `${texts.change}: ${question.ask}`);
            list.append(make("li", {}, make("p", { class: "quiet" }, question.ask), make("p", {}, inWords(question)), change));
          });
          parts.push(make("h2", {}, dimension.title), list);
        }
        if (data.head.respondent !== "member") {
          parts.push(field("input", "hours", texts.hours, "", state.hours), field("input", "size", texts.size, "", state.size));
        }
        parts.push(make("div", { class: "buttons" }, button(texts.save, null, true)));
        return parts;
      },
      async (body) => {
        if (left.length) {
          const first = questions.indexOf(left[0]);
          const change = body.querySelectorAll("li button")[first];
          return fail(fill(texts.open_left, { number: left.length, of: questions.length }), change);
        }
        for (const id of ["hours", "size"]) {
          const control = body.querySelector(`#${id}`);
          if (control && !/^\d{0,5}$/.test(control.value.trim())) return fail(texts.number_wrong, control);
          if (control) state[id] = control.value.trim();
        }
        await keepDraft();
        state.saved = await makeFile();
        download(state.saved);
        return showSaved();
      },
    );
  }

  // No event says that a file was saved, so the person says it before the draft is erased.
  function showSaved() {
    note = "";
    show(
      texts.saved,
      (h1) => [
        h1,
        make("p", {}, fill(texts.saved_about, { name: state.saved.name })),
        make(
          "div",
          { class: "buttons" },
          button(texts.there, erase, false),
          button(texts.again, () => download(state.saved), false),
          button(texts.back, () => {
            state.saved = null;
            showReview();
          }),
        ),
      ],
      null,
    );
  }

  function erase() {
    store((storage) => storage.removeItem(state.lock.name));
    state.answers = {};
    state.code = "";
    show(texts.thanks, (h1) => [h1, make("p", {}, texts.erased)], null);
  }

  // --- Start: what is missing leaves the words that stand in the page ---

  if (!window.isSecureContext || !window.crypto || !crypto.subtle || !data.questions.length) return;
  store((storage) => {
    storage.setItem("assess-try", "1");
    storage.removeItem("assess-try");
  });
  window.addEventListener("storage", (event) => {
    if (!state.lock || event.key !== state.lock.name) return;
    const status = document.querySelector("[role=status]");
    if (status) status.textContent = texts.elsewhere;
  });
  showStart();
})();
