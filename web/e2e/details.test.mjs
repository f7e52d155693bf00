// Details: the rules of a group are read, added and taken out; what AWS refuses stands below the form, and nothing has changed.
import assert from "node:assert/strict";
import { pageTest } from "./support/page.mjs";
import { openMenu, opened, thingOf } from "./support/panes.mjs";

async function rulesOf(page, letter) {
  await opened(page, false);
  await openMenu(page, await thingOf(page, "group", new RegExp(`^${letter}`)));
  await page.getByRole("menuitem", { name: /^Show (details|the rules)$/ }).click();
  const region = page.getByRole("region", { name: /^Lets in/i });
  await region.waitFor();
  return region;
}

pageTest("a rule is added and taken out", { path: "/", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  const rules = await rulesOf(page, "B");
  const rows = rules.locator("tbody tr:not(.row-note)");
  const before = await rows.count();
  await rules.locator("header button").click();
  await rules.getByLabel(/^Port/).first().fill("8080");
  await rules.getByRole("button", { name: /^Add/ }).last().click();
  await rows.filter({ hasText: "8080" }).waitFor();
  assert.equal(await rows.count(), before + 1);
  await rows.filter({ hasText: "8080" }).getByRole("button", { name: /^Take out/ }).click();
  await rows.filter({ hasText: "8080" }).waitFor({ state: "detached" });
  assert.equal(await rows.count(), before);
});

pageTest("a rule that AWS refuses says so in AWS's words and changes nothing", { path: "/", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  const rules = await rulesOf(page, "B");
  const before = await rules.innerText();
  await rules.locator("header button").click();
  await rules.getByLabel(/^Port/).first().fill("70000");
  await rules.getByRole("button", { name: /^Add/ }).last().click();
  await rules.locator(".refusal code").waitFor();
  assert.match(await rules.locator(".refusal code").innerText(), /^Invalid/);
  await rules.locator("header button").click();
  assert.equal(await rules.innerText(), before);
});

pageTest("names are shown as they are, never as markup", { path: "/", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  await opened(page, false);
  await page.locator(".tray").getByRole("button", { name: "New group" }).click();
  const dialog = page.getByRole("dialog");
  const name = '<img src=x onerror="document.title=1">';
  await dialog.getByRole("textbox", { name: "Name" }).fill("tag");
  await dialog.getByRole("textbox", { name: "Description" }).fill("x");
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "detached" });
  const group = await thingOf(page, "group", "tag");
  await openMenu(page, group);
  await page.keyboard.press("Escape");
  await openMenu(page, await thingOf(page, "eni", "spare"));
  await page.getByRole("menuitem", { name: /^Rename/ }).click();
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.locator("button[type=submit]").click();
  await dialog.waitFor({ state: "detached" });
  await page.getByText(name).first().waitFor();
  assert.equal(await page.locator("img").count(), 0);
});

const phone = { path: "/?autoplay=0&theme=light", context: { viewport: { width: 390, height: 844 }, hasTouch: true } };

pageTest("on a phone the rules of a group in the parts come to the front", phone, async ({ page }) => {
  await opened(page, false);
  await page.locator(".mob").getByRole("button", { name: "Parts" }).click();
  await page.locator(".tray .grp", { hasText: "ops" }).locator("visible=true").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Show the rules" }).click();
  const rules = page.getByRole("region", { name: /^Lets in/i });
  await rules.locator("header button").click();
  await rules.locator("form").waitFor();
});

pageTest("on a phone the themes are in the menu of the scene, and the title has the room", phone, async ({ page }) => {
  await opened(page, false);
  const title = page.locator(".btn.scene");
  for (const [theme, others] of [["dark", ["Dark", "Projector"]], ["light", ["Light", "Projector"]]]) {
    await title.click();
    const items = page.getByRole("menuitem").filter({ hasText: "Theme" });
    await items.first().waitFor();
    assert.deepEqual(await items.locator(".menu-text > span").allInnerTexts(), others);
    await items.first().click();
    await page.locator(`.eni-app[data-theme="${theme}"]`).waitFor();
  }
  const whole = await title.locator("span").first().evaluate((node) => node.scrollWidth <= node.clientWidth && node.scrollHeight <= node.clientHeight);
  assert.equal(whole, true, "no letter of the title is cut off");
});
