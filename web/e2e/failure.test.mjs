// When the engine cannot be loaded: another way is tried, and where there is none, the page says why in plain words.
import assert from "node:assert/strict";
import { HOME, getState, mounted, pageTest } from "./support/page.mjs";

const WASM = /\.wasm$/;
const FALLBACK = /\.bytes\.js$/;
/** What Chromium itself writes into the console about a request that failed. */
const REFUSED = [/Failed to load resource/, /status 4\d\d/, /request failed/];

async function explained(page) {
  const panel = page.getByRole("alert");
  await panel.waitFor();
  return panel.innerText();
}

for (const [what, answer] of [
  ["is missing", { status: 404, body: "not found" }],
  ["is refused", { status: 403, body: "no" }],
]) {
  pageTest(`where the .wasm file ${what}, the bytes come from a script`, { expected: REFUSED }, async ({ page, context }) => {
    await context.route(WASM, (route) => route.fulfill(answer));
    await page.goto(`${HOME}/?embed=1`);
    await mounted(page);
    assert.ok(await getState(page));
  });
}

for (const type of ["application/octet-stream", "text/plain", "text/html"]) {
  pageTest(`a .wasm file sent as ${type} is taken all the same`, {}, async ({ page, context }) => {
    let fallbacks = 0;
    await context.route(FALLBACK, (route) => {
      fallbacks += 1;
      return route.continue();
    });
    await context.route(WASM, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "content-type": type } });
    });
    await page.goto(`${HOME}/?embed=1`);
    await mounted(page);
    assert.equal(fallbacks, 0, "no second download was needed");
  });
}

pageTest("both ways refused: the page names the likely causes", { expected: REFUSED }, async ({ page, context }) => {
  await context.route(WASM, (route) => route.fulfill({ status: 404, body: "" }));
  await context.route(FALLBACK, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(`${HOME}/?embed=1`);
  const text = await explained(page);
  assert.match(text, /could not start/);
  assert.match(text, /missing|wrong type/);
  assert.match(text, /application\/wasm/);
});

pageTest("a damaged .wasm file", { expected: REFUSED }, async ({ page, context }) => {
  await context.route(WASM, (route) => route.fulfill({ status: 200, contentType: "application/wasm", body: "this is no wasm" }));
  await page.goto(`${HOME}/?embed=1`);
  assert.match(await explained(page), /damaged/);
});

pageTest("a policy that forbids WebAssembly", { expected: [/Content Security Policy/] }, async ({ page, context }) => {
  await context.route(`${HOME}/?embed=1`, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'" };
    await route.fulfill({ response, headers });
  });
  await page.goto(`${HOME}/?embed=1`);
  const text = await explained(page);
  assert.match(text, /security policy/);
  assert.match(text, /wasm-unsafe-eval/);
});

pageTest("a glue script that is missing", { expected: REFUSED }, async ({ page, context }) => {
  await context.route(/eni-web-[0-9a-f]+\.js$/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto(`${HOME}/?embed=1`);
  assert.match(await explained(page), /missing/);
});
