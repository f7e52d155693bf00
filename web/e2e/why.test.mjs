// Why: each way in which a packet fares, told as it is; what would change it is done by its button, and the packet is sent again to show it.
import assert from "node:assert/strict";
import { call, getState, pageTest } from "./support/page.mjs";
import { newestTick, opened } from "./support/panes.mjs";
import { eventually } from "./support/scene.mjs";
import { askOnce, headline, named, spills } from "./support/why.mjs";

const WIDE = { viewport: { width: 1440, height: 900 } };
const api = async (page, action, parameters) => {
  const reply = await call(page, { kind: "api", service: "ec2", action, parameters });
  assert.ok(reply.Result, `${action}: ${JSON.stringify(reply.Error)}`);
  return reply.Result;
};
const instances = (state) => state.Instances ?? state.Reservations.flatMap((one) => one.Instances);

const rowText = (page, state) => page.locator(`.checks >> nth=0`).locator(`.check.${state} .ck .t`).allInnerTexts();
const code = (page) => page.locator(".verdict .tag code").first().innerText();

/** What is done, and what Why then says of the newest lost question of the outside client. */
const cases = [
  {
    name: "refused by the security group",
    act: async (page, state) => {
      for (const group of state.SecurityGroups.filter((one) => ["web", "base"].includes(one.GroupName))) {
        for (const rule of state.SecurityGroupRules.filter((one) => one.GroupId === group.GroupId && !one.IsEgress)) {
          await api(page, "RevokeSecurityGroupIngress", { GroupId: group.GroupId, SecurityGroupRuleIds: [rule.SecurityGroupRuleId] });
        }
      }
    },
    headline: /^svc's security group refused this packet$/,
    code: "SG_HAS_NO_RULES",
    row: /^Security group into svc/,
  },
  {
    name: "refused by the network ACL",
    act: async (page, state) => {
      const eni = named(state.NetworkInterfaces, "svc");
      const acl = state.NetworkAcls.find((one) => JSON.stringify(one.Associations).includes(eni.SubnetId));
      await api(page, "CreateNetworkAclEntry", { NetworkAclId: acl.NetworkAclId, RuleNumber: 50, Protocol: "6", RuleAction: "deny", Egress: false, CidrBlock: "0.0.0.0/0", PortRange: { From: 443, To: 443 } });
    },
    headline: /^The network ACL of public-a refused this packet$/,
    code: "SUBNET_ACL_RESTRICTION",
    row: /^Network ACL into public-a/,
  },
  {
    name: "a receiver that is stopped",
    act: async (page, state) => {
      await api(page, "StopInstances", { InstanceIds: [named(instances(state), "web-1").InstanceId] });
      // It is stopped for good only when it has stopped.
      await eventually(page, "web-1 is stopped", () => page.locator("article.inst", { hasText: "web-1" }).innerText(), (text) => /stopped/.test(text));
    },
    headline: /^web-1 is stopped$/,
    code: "BAD_STATE",
    row: /^Attachment/,
  },
];

/** Chooses the newest lost question, and a newer one for as long as it is one that was on its way when it was done. Time stands then. */
async function chooseLost(page, one) {
  const newest = () => newestTick(page, "client → svc", "no").getAttribute("data-packet");
  for (let tries = 0; ; tries += 1) {
    await newestTick(page, "client → svc", "no").waitFor();
    await page.getByRole("button", { name: "Stop time" }).click();
    await page.getByRole("button", { name: "Let time run" }).waitFor();
    const packet = await newest();
    await newestTick(page, "client → svc", "no").click();
    await page.locator(`.tick.sel[data-packet="${packet}"]`).waitFor();
    const said = [await headline(page), await code(page)];
    if (one.headline.test(said[0]) && said[1] === one.code) return;
    assert.ok(tries < 40, `never: the verdict; at last: ${said.join(", ")}`);
    await page.getByRole("button", { name: "Let time run" }).click();
    await eventually(page, "one more is lost", newest, (other) => other !== packet);
  }
}

for (const one of cases) {
  pageTest(`Why: ${one.name}; its button changes it, and the packet is sent again`, { path: "/", context: WIDE }, async ({ page }) => {
    await opened(page);
    await newestTick(page, "client → svc", "ok").waitFor();
    await one.act(page, (await getState(page)).state);
    await chooseLost(page, one);
    assert.match((await rowText(page, "no"))[0], one.row);
    assert.equal((await rowText(page, "no")).length, 1, "one check decides");
    assert.ok((await rowText(page, "pass")).length >= 1);
    await page.locator(".check.no .in .near").first().waitFor();
    const fix = page.getByRole("region", { name: "What would change it" }).first();
    await fix.waitFor();
    const chosen = () => page.locator(".tick.sel").first().getAttribute("data-packet");
    const was = await chosen();
    const line = await fix.locator(".cli").first().innerText();
    await fix.locator(".cta").first().click();
    // Time runs, the client asks again, and Why is about that question.
    await eventually(page, "the next question is chosen", chosen, (packet) => packet !== was && packet !== null);
    assert.ok((await getState(page)).live.echo.some((entry) => entry.line === line), "what was done is what was shown");
    if (one.code !== "BAD_STATE") await eventually(page, "it gets through", () => headline(page), (text) => text === "svc got this packet");
  });
}

pageTest("Why: the source/dest check drops what a plain interface is to forward; its button lets it pass", { path: "/?autoplay=0", context: WIDE }, async ({ page }) => {
  await opened(page, false);
  const { state } = await getState(page);
  const subnet = named(state.Subnets, "private-b");
  const table = state.RouteTables.find((one) => JSON.stringify(one.Associations ?? []).includes(subnet.SubnetId)) ?? state.RouteTables.find((one) => one.VpcId === subnet.VpcId && one.Associations.some((used) => used.Main));
  await api(page, "CreateRoute", { RouteTableId: table.RouteTableId, DestinationCidrBlock: "0.0.0.0/0", NetworkInterfaceId: named(state.NetworkInterfaces, "svc").NetworkInterfaceId });
  await askOnce(page, "ops-1", "a host of the internet");
  await eventually(page, "the verdict", () => headline(page), (text) => text === "The source/dest check of svc dropped this packet");
  assert.match(await code(page), /ENI_SOURCE_DEST_CHECK_RESTRICTION/);
  const before = await page.locator(".verdict .flow.mono").first().innerText();
  const fix = page.getByRole("region", { name: "What would change it" }).first();
  if (await fix.count()) {
    await fix.locator(".cta").first().click();
    await eventually(page, "it is sent again", () => page.locator(".verdict .flow.mono").first().innerText(), (text) => text !== before);
    await eventually(page, "that check lets it pass", () => headline(page), (text) => text !== "The source/dest check of svc dropped this packet");
  }
});

pageTest("Why: a question that was asked once is asked again by the remedy's button", { path: "/?autoplay=0", context: WIDE }, async ({ page }) => {
  await opened(page, false);
  await askOnce(page, "ops-1", "web-2");
  await eventually(page, "it is refused", () => headline(page), (text) => text === "web-2's security group refused this packet");
  const flow = () => page.locator(".verdict .flow.mono").first().innerText();
  const before = await flow();
  await page.getByRole("region", { name: "What would change it" }).first().locator(".cta").first().click();
  await eventually(page, "another packet for the same place", flow, (text) => text !== before && text.endsWith(before.split(" → ")[1]));
  await eventually(page, "it is let in", () => headline(page), (text) => !text.includes("security group"));
  assert.match((await getState(page)).live.echo.at(-1).line, /^ask /);
});

pageTest("Why closes, and comes again with the next question", { path: "/", context: { viewport: { width: 390, height: 844 }, hasTouch: true } }, async ({ page }) => {
  await opened(page);
  await newestTick(page, "client → svc", "ok").waitFor();
  await page.getByRole("button", { name: "Stop time" }).click();
  await page.getByRole("button", { name: "Let time run" }).waitFor();
  await newestTick(page, "client → svc", "ok").click();
  await page.locator(".area-why .verdict").first().waitFor();
  await page.getByRole("button", { name: "Close Why and details" }).click();
  await page.locator(".area-why").waitFor({ state: "hidden" });
  assert.equal(await page.locator(".tick.sel").count(), 0);
  await newestTick(page, "client → svc", "ok").click();
  await page.locator(".area-why .verdict").first().waitFor();
});

for (const [theme, width, height] of [["light", 1440, 900], ["projector", 1440, 900], ["light", 1024, 768], ["projector", 1024, 768], ["light", 390, 844]]) {
  pageTest(`what would change a verdict is in sight, and names are whole: ${theme}, ${width} by ${height}`, { path: `/?autoplay=0&theme=${theme}`, context: { viewport: { width, height }, hasTouch: width < 700 } }, async ({ page }) => {
    await opened(page, false);
    await askOnce(page, "ops-1", "web-2");
    await eventually(page, "the verdict", () => headline(page), (text) => text === "web-2's security group refused this packet");
    const button = page.getByRole("button", { name: "Add this rule" });
    await button.waitFor();
    // Not only inside the pane: nothing lies above it.
    const hit = () => button.evaluate((node) => {
      const box = node.getBoundingClientRect();
      return [box.top + 2, box.bottom - 2].every((y) => node.contains(document.elementFromPoint(box.left + box.width / 2, y)));
    });
    await eventually(page, "the button is seen whole", hit, (seen) => seen);
    const names = await page.locator(".why .whole").evaluateAll((all) => all.map((name) => [name.textContent, name.getBoundingClientRect().height < 1.9 * Number.parseFloat(getComputedStyle(name).fontSize)]));
    assert.ok(names.length > 2 && names.every(([, inOneLine]) => inOneLine), `no name is broken at a hyphen: ${JSON.stringify(names)}`);
  });
}

for (const width of [1440, 1024, 390]) {
  pageTest(`at ${width} long names of groups wrap, and two groups of one name are told apart by their VPC`, { path: "/?autoplay=0", context: { viewport: { width, height: 900 } } }, async ({ page }) => {
    await opened(page, false);
    const { state } = await getState(page);
    const long = `a-group-with-a-very-long-name-${"x".repeat(120)}`;
    const eni = named(state.NetworkInterfaces, "web-2-main");
    const vpc = state.Subnets.find((one) => one.SubnetId === eni.SubnetId).VpcId;
    const other = (await api(page, "CreateVpc", { CidrBlock: "10.77.0.0/16", TagSpecifications: [{ ResourceType: "vpc", Tags: [{ Key: "Name", Value: "other" }] }] })).Vpc;
    assert.ok(other.VpcId);
    const ids = [];
    for (const name of [long, `${long}-2`]) ids.push((await api(page, "CreateSecurityGroup", { GroupName: name, Description: "x", VpcId: vpc })).GroupId);
    const own = state.SecurityGroups.find((one) => one.GroupName === "default" && one.VpcId === vpc);
    await api(page, "ModifyNetworkInterfaceAttribute", { NetworkInterfaceId: eni.NetworkInterfaceId, Groups: [own.GroupId, ...ids] });
    await askOnce(page, "ops-1", "web-2");
    await page.locator(".check.no .near").first().waitFor();
    const evidence = await page.locator(".check.no .near").first().innerText();
    assert.ok(evidence.includes(long) && evidence.includes("default of shop"), evidence);
    assert.deepEqual(await spills(page), []);
  });
}

pageTest("what a mark means stands beside it, and a cut command shows whole when it has the focus", { path: "/?autoplay=0", context: WIDE }, async ({ page }) => {
  await opened(page, false);
  await askOnce(page, "ops-1", "web-2");
  const command = page.locator(".fix .cli").first();
  await command.waitFor();
  const cut = () => command.evaluate((node) => node.scrollWidth > node.clientWidth);
  assert.equal(await cut(), true);
  await command.focus();
  assert.equal(await cut(), false, "with the focus it wraps");
  // Every tooltip in the pane is only a second way: the words stand on the page or are the name of a control.
  const only = await page.evaluate(() =>
    [...document.querySelectorAll(".area-why [title], .area-time [title], .area-top [title]")]
      .filter((node) => !node.closest("button,svg") && !node.textContent.includes(node.getAttribute("title")))
      .map((node) => node.outerHTML.slice(0, 120)),
  );
  assert.deepEqual(only, []);
});
