// One file, from a disk, with no network.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { SINGLE, call, facts, getState, mounted, pageTest } from "./support/page.mjs";

const file = pathToFileURL(SINGLE).href;

pageTest("the single file runs from file:// with the network off", { context: { offline: true } }, async ({ page, context }) => {
  const requested = [];
  context.on("request", (request) => requested.push(request.url()));
  await page.goto(`${file}?test=1`);
  await mounted(page);
  const before = facts(await getState(page));
  await call(page, { kind: "api", service: "ec2", action: "CreateVpc", parameters: { CidrBlock: "10.99.0.0/16" } });
  assert.notDeepEqual(facts(await getState(page)), before);
  assert.deepEqual(requested.filter((address) => !address.startsWith("data:")), [`${file}?test=1`], "one file, one request");
});

pageTest("the single file recovers as well", { context: { offline: true } }, async ({ page }) => {
  await page.goto(`${file}?test=1`);
  await mounted(page);
  await call(page, { kind: "api", service: "ec2", action: "CreateVpc", parameters: { CidrBlock: "10.98.0.0/16" } });
  const before = facts(await getState(page));
  await assert.rejects(call(page, { kind: "test-panic" }), /stopped/);
  assert.deepEqual(facts(await getState(page)), before);
});

pageTest("its policy names its one script by hash", {}, async () => {
  const text = readFileSync(SINGLE, "utf8");
  assert.equal(text.match(/<script/g).length, 1);
  const policy = text.match(/http-equiv="Content-Security-Policy" content="([^"]+)"/)[1];
  assert.match(policy, /default-src 'none'; script-src 'sha256-[^']+' 'wasm-unsafe-eval'; style-src 'sha256-/);
  assert.doesNotMatch(policy, /unsafe-inline|https?:|\*/);
});
