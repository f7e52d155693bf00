// The learner gives the whole a title: it stands in the bar, names the downloaded file, and can be taken back.
import assert from "node:assert/strict";
import { getState, mounted, pageTest } from "./support/page.mjs";

const scene = (page) => page.locator(".btn.scene");
const entry = (page, name) => page.getByRole("menuitem", { name });

pageTest("a title is given, names the file, and is taken back", { path: "/", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  await mounted(page);
  const before = (await scene(page).innerText()).trim();
  await scene(page).click();
  await entry(page, /^Change the title/).click();
  const field = page.getByRole("dialog").getByLabel("Name");
  await field.waitFor();
  assert.equal(await field.inputValue(), before, "it begins with the title that is there");
  await field.fill("<b>My shop</b>");
  await page.getByRole("dialog").locator("button[type=submit]").click();
  await scene(page).filter({ hasText: "<b>My shop</b>" }).waitFor();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal((await getState(page)).title, "<b>My shop</b>");

  await scene(page).click();
  const download = page.waitForEvent("download");
  await entry(page, /^Download/).click();
  assert.equal((await download).suggestedFilename(), "b-My-shop-b.eni.json");

  await page.getByRole("button", { name: "Undo: change the title" }).click();
  await scene(page).filter({ hasText: before }).waitFor();
});

// The fonts of a machine are not ours: the title has its room in a wide one, too.
for (const theme of ["light", "dark", "projector"]) {
  for (const font of ["Liberation Sans, Arial", "DejaVu Sans, Verdana"]) {
    pageTest(`the first scene's title is whole on a phone, ${theme}, ${font}`, { path: `/?autoplay=0&theme=${theme}`, context: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } }, async ({ page }) => {
      await mounted(page);
      const title = scene(page).locator("span").first();
      assert.equal(await title.innerText(), "Low-budget high availability");
      const [wide, high, bar] = await title.evaluate((node, family) => {
        node.style.fontFamily = family;
        return [node.scrollWidth - node.clientWidth, node.scrollHeight - node.clientHeight, node.offsetHeight];
      }, font);
      assert.ok(wide <= 0 && high <= 0, `${wide} and ${high} pixels are cut off`);
      assert.ok(bar <= 44, `${bar} pixels high`);
    });
  }
}
