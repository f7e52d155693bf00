// A network that is nobody's, as describe commands would print it: two zones, two subnets, instances of two ENIs each.

const id = (kind, number) => `${kind}-${number.toString(16).padStart(17, "0")}`;
const named = (name) => [{ Key: "Name", Value: name }];
const file = (name, value) => ({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(value)) });

/** Files of a network with so many instances; the first one's second ENI has `more` secondary addresses. */
export function synthetic(instances, more = 49) {
  const vpc = id("vpc", 1);
  const subnets = ["us-east-1a", "us-east-1b"].map((zone, at) => ({
    SubnetId: id("subnet", at + 1), VpcId: vpc, CidrBlock: `10.5.${at}.0/24`, AvailabilityZone: zone, State: "available", MapPublicIpOnLaunch: false, Tags: named(`quiet-${at}`),
  }));
  const group = { GroupId: id("sg", 1), GroupName: "default" };
  const used = [9, 9];
  const enis = [];
  const list = [];
  for (let at = 0; at < instances; at += 1) {
    const subnet = subnets[at % 2];
    const own = [0, 1].map((index) => {
      const address = () => `10.5.${at % 2}.${(used[at % 2] += 1)}`;
      const first = address();
      const others = at === 0 && index === 1 ? Array.from({ length: more }, address) : [];
      const attachment = { AttachmentId: id("eni-attach", at * 2 + index + 1), DeviceIndex: index, NetworkCardIndex: 0, DeleteOnTermination: index === 0, Status: "attached" };
      const eni = {
        NetworkInterfaceId: id("eni", at * 2 + index + 1), SubnetId: subnet.SubnetId, VpcId: vpc, Description: "", Groups: [group], MacAddress: `02:00:00:00:${index}0:${at.toString(16).padStart(2, "0")}`,
        PrivateIpAddress: first, PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: first }, ...others.map((ip) => ({ Primary: false, PrivateIpAddress: ip }))],
        SourceDestCheck: true, Status: "in-use", Ipv6Addresses: [],
      };
      enis.push({ ...eni, AvailabilityZone: subnet.AvailabilityZone, TagSet: named(`host-${at}-eth${index}`), Attachment: { ...attachment, InstanceId: id("i", at + 1) } });
      return { ...eni, Attachment: attachment };
    });
    list.push({
      InstanceId: id("i", at + 1), ImageId: id("ami", 1), InstanceType: "m5.4xlarge", State: { Code: 16, Name: "running" }, SubnetId: subnet.SubnetId, VpcId: vpc,
      PrivateIpAddress: own[0].PrivateIpAddress, Placement: { AvailabilityZone: subnet.AvailabilityZone, Tenancy: "default" }, Tags: named(`host-${at}`), SourceDestCheck: true,
      NetworkInterfaces: own, SecurityGroups: [group],
    });
  }
  return [
    file("vpcs.json", { Vpcs: [{ VpcId: vpc, CidrBlock: "10.5.0.0/16", State: "available", IsDefault: false, Tags: named("synthetic"),
      CidrBlockAssociationSet: [{ AssociationId: id("vpc-cidr-assoc", 1), CidrBlock: "10.5.0.0/16", CidrBlockState: { State: "associated" } }] }] }),
    file("igws.json", { InternetGateways: [{ InternetGatewayId: id("igw", 1), Attachments: [{ State: "available", VpcId: vpc }], Tags: named("way out") }] }),
    file("subnets.json", { Subnets: subnets }),
    file("groups.json", { SecurityGroups: [{ ...group, Description: "default", VpcId: vpc, IpPermissions: [], IpPermissionsEgress: [], Tags: [] }] }),
    file("enis.json", { NetworkInterfaces: enis }),
    file("instances.json", { Reservations: [{ ReservationId: id("r", 1), OwnerId: "123456789012", Instances: list }] }),
  ];
}

/** Opens files through the menu, as a learner does. */
export async function chooseFiles(page, files) {
  await page.locator(".btn.scene").click();
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("menuitem", { name: /^Open files/ }).click()]);
  await chooser.setFiles(files, { timeout: 45000 });
}
