// Why tells every check that would refuse a packet, not the first alone: each with the act that changes it, and all of them together.
import assert from "node:assert/strict";
import { call, getState, pageTest } from "./support/page.mjs";
import { opened } from "./support/panes.mjs";
import { eventually } from "./support/scene.mjs";
import { askOnce, headline, named, spills } from "./support/why.mjs";

const titles = (page) => page.locator(".also .ck .t").allInnerTexts();
const line = (page) => getState(page).then(({ live }) => live.echo.map((entry) => entry.line));

/** web-2's group lets nobody in, and now the network ACL of all subnets lets no TCP in either; ops-1 asks once. */
async function refusedTwice(page) {
  await opened(page, false);
  const { state } = await getState(page);
  const eni = named(state.NetworkInterfaces, "web-2-main");
  const acl = state.NetworkAcls.find((one) => JSON.stringify(one.Associations).includes(eni.SubnetId));
  const entry = { NetworkAclId: acl.NetworkAclId, RuleNumber: 50, Protocol: "6", RuleAction: "deny", Egress: false, CidrBlock: "0.0.0.0/0", PortRange: { From: 0, To: 65535 } };
  assert.ok((await call(page, { kind: "api", service: "ec2", action: "CreateNetworkAclEntry", parameters: entry })).Result);
  await askOnce(page, "ops-1", "web-2");
  await eventually(page, "the network ACL refuses it", () => headline(page), (text) => /^The network ACL of .* refused this packet$/.test(text));
}

for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
  pageTest(`at ${width} Why lists what would also refuse a packet, in order, each with its act, which the keyboard does`, { path: "/?autoplay=0", context: { viewport: { width, height } } }, async ({ page }) => {
    await refusedTwice(page);
    const pull = page.getByRole("button", { name: "Show all of it" });
    if (await pull.isVisible()) await pull.click();
    const also = page.getByRole("region", { name: "Would also refuse: 2" });
    await also.waitFor();
    assert.deepEqual((await titles(page)).map((title) => title.replace(/ (out of|into) .*/s, " $1")), ["Security group into", "Network ACL into"]);
    assert.match(await also.locator(".way").nth(1).innerText(), /The answer on its way back/);
    assert.equal(await page.locator(".checks >> nth=0").locator(".check.no").count(), 1, "one check decides");
    // The evidence is folded, and opens as that of any check.
    const row = also.locator(".ck").first();
    assert.equal(await row.getAttribute("aria-expanded"), "false");
    await row.focus();
    await page.keyboard.press("Enter");
    assert.equal(await row.getAttribute("aria-expanded"), "true");
    assert.match(await also.locator(".check .near").first().innerText(), /fits|nothing in/);
    assert.deepEqual(await spills(page), []);
    // One of them alone is done, and the packet asks again: the rest refuses it still.
    await also.locator(".way .cta").first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Would also refuse: 1" }).waitFor();
    assert.ok((await line(page)).some((text) => text.startsWith("aws ec2 authorize-security-group-ingress")));
    assert.match(await headline(page), /^The network ACL of .* refused this packet$/);
    const fix = page.getByRole("region", { name: "What would change it" }).first();
    assert.match(await fix.innerText(), /All 2 changes together/);
    await fix.locator(".cta").first().click();
    await eventually(page, "it gets there, and its answer back", () => headline(page), (text) => text === "web-2 got this packet");
    assert.equal(await page.locator(".also").count(), 0);
  });
}

pageTest("Why says where nothing gets a packet past a check, and that what comes after is not known", { path: "/?autoplay=0", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  await opened(page, false);
  await askOnce(page, "web-1", "Another address", { address: "10.0.1.99" });
  const none = page.getByRole("region", { name: "What gets it past this check" });
  await none.waitFor();
  assert.match(await none.innerText(), /Nobody has 10\.0\.1\.99.*What comes after this check is not known/s);
});
