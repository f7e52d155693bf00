// What stands on the board and in forms beside the first scene: a second address on a chip, an address that makes way, a gateway of no VPC, any type.
import assert from "node:assert/strict";
import { carry } from "./support/mouse.mjs";
import { call, getState, pageTest } from "./support/page.mjs";
import { openMenu, opened, thingOf } from "./support/panes.mjs";
import { eni, instance } from "./support/scene.mjs";

const at = (width) => ({ path: "/", context: { viewport: { width, height: 900 } } });
const api = (action, parameters) => ({ kind: "api", service: "ec2", action, parameters });

for (const width of [1440, 1024]) {
  pageTest(`at ${width} pixels one more address lies beside the groups, and opens by a press`, at(width), async ({ page }) => {
    await opened(page, false);
    const id = (await thingOf(page, "eni", "svc")).split(":")[1];
    await call(page, api("AssignPrivateIpAddresses", { NetworkInterfaceId: id, SecondaryPrivateIpAddressCount: 1 }));
    const chip = instance(page, "web-1").locator(eni(page, "svc"));
    const more = chip.locator(".eni-more");
    await more.waitFor();
    const box = (locator) => locator.evaluate((node) => node.getBoundingClientRect().toJSON());
    const [count, group, address, pill] = [await box(more), await box(chip.locator(".sg").first()), await box(chip.locator(".eni-address")), await box(chip.locator(".eip"))];
    assert.ok(address.right <= pill.left && pill.right <= count.left && count.right <= group.left, JSON.stringify({ address, pill, count, group }));
    await more.click();
    await chip.locator(".eni-ip").waitFor();
  });
}

pageTest("an Elastic IP that is carried over a mapped address says which one becomes idle", at(1440), async ({ page }) => {
  await opened(page, false);
  const chip = instance(page, "web-1").locator(eni(page, "svc"));
  await carry(page, page.locator(".tray .free"), chip.locator(".eni-name"));
  await page.locator(".drag-says", { hasText: "203.0.113.25 becomes idle" }).waitFor();
  await page.mouse.up();
  await page.locator(".tray .free", { hasText: "203.0.113.25" }).waitFor();
});

pageTest("a gateway of no VPC stands on the board, and an instance of any type can be launched", at(1440), async ({ page }) => {
  await opened(page, false);
  await page.locator("[data-menu=region]").locator("visible=true").first().click();
  await page.getByRole("menuitem", { name: "New internet gateway" }).click();
  const gateway = page.locator(".board .others.is-loose .other");
  await gateway.click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await gateway.waitFor({ state: "detached" });

  await openMenu(page, await thingOf(page, "subnet", "public-a"));
  await page.getByRole("menuitem", { name: "Launch an instance…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Type").selectOption("other");
  const name = dialog.getByLabel("Its name");
  await name.fill("t9.huge");
  await dialog.getByRole("button", { name: "Launch" }).click();
  await dialog.locator(".refusal code", { hasText: "InvalidParameterValue" }).waitFor();
  await name.fill("u-6tb1.56xlarge");
  await dialog.getByRole("button", { name: "Launch" }).click();
  await dialog.waitFor({ state: "detached" });
  assert.match(JSON.stringify((await getState(page)).state), /u-6tb1\.56xlarge/);
});

pageTest("names of groups are whole in the tray, and ids keep their ends on the board", { path: "/?autoplay=0", context: { viewport: { width: 1440, height: 900 } } }, async ({ page }) => {
  await opened(page, false);
  const { Result } = await call(page, api("CreateVpc", { CidrBlock: "10.1.0.0/16", TagSpecifications: [{ ResourceType: "vpc", Tags: [{ Key: "Name", Value: "office" }] }] }));
  await page.locator(".grp", { hasText: "default of office" }).waitFor();
  const cut = await page.locator(".grp .grp-name").evaluateAll((names) => names.filter((name) => [name, ...name.querySelectorAll("*")].some((part) => part.scrollWidth > part.clientWidth + 1)).map((name) => name.title));
  assert.deepEqual(cut, []);
  // A name that is too long even so gives way in its middle.
  const { Result: gate } = await call(page, api("CreateEgressOnlyInternetGateway", { VpcId: Result.Vpc.VpcId }));
  const id = gate.EgressOnlyInternetGateway.EgressOnlyInternetGatewayId;
  const name = page.locator(".other", { hasText: id }).locator("b");
  await name.waitFor();
  assert.match(await name.locator("xpath=..").getAttribute("aria-label"), new RegExp(`^${id} `));
  await page.setViewportSize({ width: 390, height: 844 });
  const end = name.locator(".long-name > :last-child");
  const [last, all] = [await end.boundingBox(), await name.boundingBox()];
  assert.equal(await end.innerText(), id.slice(-8));
  assert.ok(last.x + last.width <= all.x + all.width + 1 && await end.evaluate((node) => node.scrollWidth <= node.clientWidth + 1), JSON.stringify({ last, all }));
});
