// The page is there, wherever it lies.
import assert from "node:assert/strict";
import { getState, mounted, pageTest } from "./support/page.mjs";

for (const path of ["/", "/docs/net/play/", "/docs/net/play/?scenario=none-such-yet"]) {
  pageTest(`the folder build runs at ${path}`, { path }, async ({ page }) => {
    await mounted(page);
    assert.ok(await getState(page));
    assert.equal(await page.locator(".eni-first-picture").count(), 0, "the first picture has given way");
  });
}
