// The page is there, wherever it lies.
import assert from "node:assert/strict";
import { getState, HOME, mounted, pageTest } from "./support/page.mjs";

for (const path of ["/", "/docs/net/play/", "/docs/net/play/?scenario=none-such-yet"]) {
  pageTest(`the folder build runs at ${path}`, { path }, async ({ page }) => {
    await mounted(page);
    assert.ok(await getState(page));
    assert.equal(await page.locator(".eni-first-picture").count(), 0, "the first picture has given way");
  });
}

/** Opens a page whose engine does not come before it is let through. */
async function held(page, path) {
  let letThrough;
  const wanted = new Promise((resolve) => {
    letThrough = resolve;
  });
  await page.route("**/*.wasm", async (route) => {
    await wanted;
    await route.continue();
  });
  await page.goto(new URL(path, HOME).href);
  return letThrough;
}

pageTest("before the engine is there, the first scene stands as a picture", {}, async ({ page }) => {
  const letThrough = await held(page, "/");
  const picture = page.locator("#eni-page[aria-busy] > .eni-first-picture");
  await picture.getByText("web-2-main").waitFor();
  assert.match(await picture.getAttribute("aria-label"), /4 instances, 6 ENIs/);
  letThrough();
  await mounted(page);
  assert.equal(await page.locator(".eni-first-picture").count(), 0, "it has given way");
});

pageTest("a page of another scene does not begin with the picture of the first", {}, async ({ page }) => {
  const letThrough = await held(page, "/?scenario=two-doors");
  await page.locator("#eni-page[aria-busy]").waitFor();
  assert.equal(await page.locator(".eni-first-picture").count(), 0);
  letThrough();
  await mounted(page);
});

pageTest("without JavaScript the page says what it needs, above a picture of its first scene", { path: "/", context: { javaScriptEnabled: false, viewport: { width: 1024, height: 700 } } }, async ({ page }) => {
  const words = page.locator("noscript p");
  await words.waitFor();
  await page.locator(".eni-first-picture").getByText("web-2-main").waitFor();
  const [said, drawn] = [await words.boundingBox(), await page.locator(".eni-first-picture").boundingBox()];
  assert.ok(said.y >= 0 && said.y + said.height <= drawn.y + 1 && drawn.y < 200, JSON.stringify([said, drawn]));
  assert.match(await words.innerText(), /JavaScript and WebAssembly/);
});
