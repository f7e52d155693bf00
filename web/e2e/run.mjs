// Runs the browser tests: starts the servers and one browser, then Node's test runner, which connects each test file to that browser.
//
//   node run.mjs [file.test.mjs …]      (target/dist must be there: `cargo xtask dist`)
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { chromiumPath } from "./support/chromium.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");
const dist = path.join(root, "target/dist");
const children = [];

/** Starts one static server and gives its address. */
function serve(...mounts) {
  const [program, ...first] = process.env.ENI_XTASK ? [process.env.ENI_XTASK] : ["cargo", "run", "--quiet", "--package", "xtask", "--"];
  const child = spawn(program, [...first, "serve", ...mounts], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.split("\n")[0].trim());
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

const [home, author] = await Promise.all([
  serve("--at", `/=${dist}`, "--at", `/docs/net/play/=${dist}`),
  serve("--plain", `/=${path.join(here, "pages")}`, "--plain", `/copy/=${dist}`),
]);
const browser = await chromium.launchServer({
  executablePath: chromiumPath(),
  headless: true,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
});

const chosen = process.argv.slice(2).map((file) => path.resolve(file));
const files = chosen.length ? chosen : readdirSync(here).filter((name) => name.endsWith(".test.mjs")).map((name) => path.join(here, name));
// Only the tests of these names, from their first letter to their last.
const names = JSON.parse(process.env.ENI_E2E_NAMES ?? "[]").map((name) => `--test-name-pattern=^${name.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}$`);
const concurrency = process.env.ENI_E2E_CONCURRENCY ?? "2";
const tests = spawn(process.execPath, ["--test", "--test-reporter=spec", `--test-concurrency=${concurrency}`, ...names, ...files.sort()], {
  cwd: here,
  stdio: "inherit",
  env: {
    ...process.env,
    ENI_E2E_BROWSER: browser.wsEndpoint(),
    ENI_E2E_HOME: home,
    ENI_E2E_AUTHOR: author,
    ENI_E2E_SINGLE: path.join(root, "target/dist-single/eni-playground.html"),
  },
});
const code = await new Promise((resolve) => tests.once("exit", (code) => resolve(code ?? 1)));
children.forEach((child) => child.removeAllListeners("exit") && child.kill());
await browser.close();
process.exit(code);
