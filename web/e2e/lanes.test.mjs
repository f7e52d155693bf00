// The lanes of the timeline: who asks, with how many answers and losses, whole where there is room.
import assert from "node:assert/strict";
import { pageTest } from "./support/page.mjs";
import { opened } from "./support/panes.mjs";
import { eventually, eni, live, restored, slot } from "./support/scene.mjs";

for (const [theme, width] of [["light", 1440], ["dark", 1280], ["projector", 1440]]) {
  pageTest(`each client's counts stand in its lane, ${theme}, ${width} wide`, { path: `/?theme=${theme}`, context: { viewport: { width, height: 900 } } }, async ({ page }) => {
    await opened(page, true);
    // While the address moves, questions are lost; then the longest gap stands there, too.
    await eni(page, "svc").locator(".eni-name b").click();
    await slot(page, "web-2", 1).click();
    await restored(page);
    await page.getByRole("button", { name: "Stop time" }).click();
    const lanes = () => page.evaluate(() =>
      [...document.querySelectorAll(".lanes .lab:has(.lab-name)")].map((lab) => {
        const whole = [...lab.children].every((part) => part.scrollWidth <= part.clientWidth + 1) && lab.scrollWidth <= lab.clientWidth + 1;
        return { name: lab.querySelector(".lab-name").textContent, counts: lab.querySelector(".lab-counts").innerText.replace(/\s+/g, " ").trim(), seen: lab.querySelector(".lab-counts").checkVisibility(), whole };
      }));
    const { clients } = await live(page);
    assert.equal(clients.length, 2);
    const shown = await eventually(page, "the counts of each", lanes, (now) => now.every(({ counts }, at) => counts === `${clients[at].answered} answered ${clients[at].lost} lost`));
    assert.deepEqual(shown.map(({ name, seen, whole }) => [name, seen, whole]), [["client → svc", true, true], ["ops-1 → svc", true, true]]);
  });
}
