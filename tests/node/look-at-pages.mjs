// Opens HTML files in a real Chromium and prints as JSON what happens there.
// Usage: node look-at-pages.mjs CHROMIUM FOLDER FILE...
// The folder gets what each file prints as: NAME-a4.pdf and NAME-letter.pdf; with SCREENSHOTS=1
// in the environment also a picture of each width and scheme.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, folder, ...files] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [320, 768, 1280];
const SCHEMES = [
  { name: "light", media: { colorScheme: "light", forcedColors: "none" } },
  { name: "dark", media: { colorScheme: "dark", forcedColors: "none" } },
  { name: "forced", media: { colorScheme: "light", forcedColors: "active" } },
];
const FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
FLAGS.push("--disable-background-networking", "--disable-component-update");

const context = await chromium.launchPersistentContext(join(folder, "profile"), {
  executablePath, args: FLAGS, chromiumSandbox: false, headless: true,
});
const seen = [];
for (const file of files) seen.push(await lookAt(file));
await context.close();
console.log(JSON.stringify(seen));

async function lookAt(file) {
  const page = await context.newPage();
  // The first file is judged in every scheme and width; of the others only what their words change.
  const whole = file === files[0];
  const found = { file: basename(file), requests: [], messages: [], axe: [], widths: {} };
  page.on("request", (request) => found.requests.push(request.url().slice(0, 200)));
  page.on("console", (message) => found.messages.push(message.text()));
  page.on("pageerror", (error) => found.messages.push(String(error)));
  // A blocked request says so only to a listener that was there before the page.
  await page.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  await page.goto(pathToFileURL(file).href);
  found.ink_on_paper = await printOut(page, join(folder, basename(file, ".html")));
  for (const scheme of SCHEMES) {
    await page.emulateMedia(scheme.media);
    for (const width of whole ? WIDTHS : WIDTHS.slice(0, 1)) {
      await check(page, scheme.name, width, found, file);
    }
    if (!whole) break;
  }
  found.focusable = await keyboard(page);
  found.text = await page.evaluate(() => document.body.innerText);
  found.violations = await page.evaluate(() => globalThis.violations);
  await page.close();
  return found;
}

async function printOut(page, path) {
  // Without backgrounds, as browsers print by default, and with the dark scheme on.
  await page.emulateMedia({ colorScheme: "dark" });
  await page.pdf({ path: `${path}-a4.pdf`, preferCSSPageSize: true });
  await page.pdf({ path: `${path}-letter.pdf`, width: "210mm", height: "279mm",
    margin: { top: "14mm", bottom: "14mm", left: "16mm", right: "16mm" } });
  await page.emulateMedia({ media: "print" });
  const ink = await page.evaluate(() => getComputedStyle(document.body).color);
  await page.emulateMedia({ media: "screen" });
  return ink;
}

async function check(page, scheme, width, found, file) {
  await page.setViewportSize({ width, height: 900 });
  if (process.env.SCREENSHOTS) {
    const path = join(folder, `${basename(file, ".html")}-${scheme}-${width}.png`);
    await page.screenshot({ path, fullPage: true });
  }
  await setDetails(page, true);
  found.widths[width] = Math.max(found.widths[width] ?? 0,
    await page.evaluate(() => document.documentElement.scrollWidth));
  found.axe.push(...(await runAxe(page)).map((fault) => `${scheme} ${width}: ${fault}`));
  await setDetails(page, false);
}

async function setDetails(page, open) {
  // What is closed is not judged, neither by axe nor by its width.
  await page.evaluate((isOpen) => {
    for (const part of document.querySelectorAll("details")) part.open = isOpen;
  }, open);
}

async function runAxe(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  return page.evaluate(async () => {
    // It cannot judge letters in a picture; tests/shell/test_html.py computes their contrast.
    globalThis.axe.configure({ rules: [{ id: "color-contrast", selector: ":not(svg *)" }] });
    const result = await globalThis.axe.run(document, {
      preload: false, resultTypes: ["violations", "incomplete"],
    });
    const name = (kind) => (rule) => `${kind} ${rule.id} ${rule.nodes[0].html.slice(0, 120)}`;
    return [...result.violations.map(name("violation")), ...result.incomplete.map(name("incomplete"))];
  });
}

async function keyboard(page) {
  // Every link and every table that can be opened is reached by Tab alone.
  const wanted = await page.evaluate(() => document.querySelectorAll("a, summary").length);
  const reached = new Set();
  for (let step = 0; step < wanted; step++) {
    await page.keyboard.press("Tab");
    reached.add(await page.evaluate(() =>
      [...document.querySelectorAll("a, summary")].indexOf(document.activeElement)));
  }
  reached.delete(-1);
  return { wanted, reached: reached.size };
}
