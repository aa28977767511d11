// Goes through the form in a real Chromium with the keyboard alone, at 320 px and with the network
// cut off, from the first question to the saved file; reloads in the middle, and prints as JSON
// what it saw. Usage: node fill-form.mjs CHROMIUM FORM CODE OTHER_CODE FOLDER
import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, file, code, otherCode, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
FLAGS.push("--disable-background-networking", "--disable-component-update");
const SECRET = "said in the form alone";

const found = { requests: [], messages: [], axe: {}, widest: 0, headings: [], focus: [] };
const context = await chromium.launchPersistentContext(join(folder, "profile"), {
  executablePath, args: FLAGS, chromiumSandbox: false, headless: true, acceptDownloads: true,
  viewport: { width: 320, height: 640 },
});
await context.setOffline(true);
const page = await open(context);
found.without_code = await text();
await look("start");
await type("code", `${code.slice(0, -1)}`);
await press("Enter");
await page.waitForSelector("[role=alert]");
found.slip = await text();
await look("error");
await type("code", code.toLowerCase().replaceAll("-", " "));
await begin();
await look("question");
const count = Number((await heading()).match(/ of (\d+)\./)[1]);
found.count = count;
await answer("Digit3", { evidence: `<img src=x onerror=alert(1)> ${SECRET}, 3 November` });
await tabTo("next");
await press("Enter"); // Nothing is chosen.
await page.waitForSelector("[role=alert]");
found.nothing_chosen = await heading();
await answer("Digit1");
found.before_reload = await heading();
await page.reload();
found.after_reload = await text();
found.stored = await page.evaluate(() => JSON.stringify({ ...localStorage }));
await type("code", otherCode);
await begin();
found.with_another_code = await heading();
await page.reload();
await type("code", code);
await begin();
found.resumed = await heading();
await page.keyboard.press("Tab"); // Into the group, whose first radio is reached.
await page.keyboard.press("ArrowUp"); // Round to the last: does not apply.
await tabTo("reason");
await page.keyboard.type("our parent does that");
await look("reason");
await tabTo("next");
await press("Enter");
await settled(4);
for (let number = 4; number <= count; number += 1) await answer(number % 2 ? "Digit2" : "Digit0");
await page.waitForFunction(() => document.querySelector("li button") !== null);
found.review = await text();
await look("review");
const saving = page.waitForEvent("download");
await tabTo("main-button");
await press("Enter");
const download = await saving;
found.name = download.suggestedFilename();
await download.saveAs(join(folder, found.name));
await page.waitForFunction(() => document.querySelectorAll(".buttons button").length === 3);
await look("saved");
found.kept_until_asked = await page.evaluate(() => localStorage.length);
await page.keyboard.press("Tab");
await press("Enter");
await page.waitForFunction(() => document.querySelectorAll("button").length === 0);
found.thanks = await text();
found.left = await page.evaluate(() => JSON.stringify({ ...localStorage }));
found.violations = await page.evaluate(() => globalThis.violations);
await context.close();
found.plain_on_disk = onDisk(join(folder, "profile"));
console.log(JSON.stringify(found));

async function open(from) {
  const made = await from.newPage();
  made.on("request", (request) => found.requests.push(request.url().slice(0, 200)));
  made.on("console", (message) => found.messages.push(message.text()));
  made.on("pageerror", (error) => found.messages.push(String(error)));
  await made.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  await made.goto(pathToFileURL(file).href);
  await made.waitForSelector("#code");
  return made;
}

function text() {
  return page.evaluate(() => document.body.innerText);
}

function heading() {
  return page.evaluate(() => document.querySelector("h1").textContent);
}

function press(key) {
  return page.keyboard.press(key);
}

async function tabTo(what) {
  for (let number = 0; number < 200; number += 1) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate(() => [document.activeElement.id, document.activeElement.className, document.activeElement.type]);
    if (there[0] === what || (there[1] === "main" && ["next", "main-button"].includes(what))) return;
  }
  throw new Error(`${what} cannot be reached by Tab`);
}

async function type(id, words) {
  await tabTo(id);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(words);
}

async function begin() {
  const before = await heading();
  await press("Enter");
  await page.waitForFunction((old) => document.querySelector("h1").textContent !== old, before, { timeout: 60000 });
}

async function settled(number) {
  await page.waitForFunction(
    (wanted) => document.querySelector("h1").textContent.includes(` ${wanted} of `), number);
}

async function answer(key, { evidence } = {}) {
  const before = await heading();
  await page.evaluate(() => document.activeElement.blur());
  await page.evaluate(() => document.querySelector("h1").focus());
  found.focus.push(await page.evaluate(() => document.activeElement.tagName));
  await page.keyboard.press("Tab");
  await press(key);
  if (evidence) {
    await tabTo("evidence");
    await page.keyboard.type(evidence);
    await look("evidence");
    await tabTo("next");
  }
  await press("Enter");
  await page.waitForFunction((old) => document.querySelector("h1").textContent !== old, before);
}

async function look(name) {
  for (const colorScheme of ["dark", "light"]) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe);
    const seen = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    const wrong = seen.violations.map((one) => `${one.id}: ${one.nodes[0].html}`);
    if (wrong.length) found.axe[`${name} ${colorScheme}`] = wrong;
  }
  found.widest = Math.max(found.widest, await page.evaluate(() => document.documentElement.scrollWidth));
  found.headings.push(await page.evaluate(() => document.querySelectorAll("h1").length));
}

function onDisk(at) {
  const hits = [];
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    const path = join(at, entry.name);
    if (entry.isDirectory()) hits.push(...onDisk(path));
    else if (entry.isFile()) {
      const bytes = readFileSync(path);
      if (bytes.includes(SECRET) || bytes.includes(Buffer.from(SECRET, "utf16le"))) hits.push(entry.name);
    }
  }
  return hits;
}
