// Networks with what a VPC may have beside instances, as lines of the terminal on an empty region.
import { openTerminal, run } from "./terminal.mjs";

const id = (name, what, command) => `${name}=$(aws ec2 ${command} --query ${what} --output text)`;
const named = (kind, name) => `--tag-specifications 'ResourceType=${kind},Tags=[{Key=Name,Value=${name}}]'`;

const BASE = [
  id("VPC", "Vpc.VpcId", `create-vpc --cidr-block 10.0.0.0/16 --amazon-provided-ipv6-cidr-block ${named("vpc", "shop")}`),
  id("FRONT", "Subnet.SubnetId", `create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --ipv6-cidr-block 2001:db8:0:101::/64 --availability-zone us-east-1a ${named("subnet", "front")}`),
  id("BACK", "Subnet.SubnetId", `create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --availability-zone us-east-1b ${named("subnet", "back")}`),
  id("SG", "GroupId", "create-security-group --group-name open --description all --vpc-id $VPC"),
  "aws ec2 authorize-security-group-ingress --group-id $SG --ip-permissions 'IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}],Ipv6Ranges=[{CidrIpv6=::/0}]'",
  id("RTB", "'RouteTables[0].RouteTableId'", "describe-route-tables --filters Name=vpc-id,Values=$VPC"),
  id("A", "'Instances[0].InstanceId'", `run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $FRONT --security-group-ids $SG --private-ip-address 10.0.1.10 --ipv6-addresses Ipv6Address=2001:db8:0:101::10 ${named("instance", "app")}`),
  id("B", "'Instances[0].InstanceId'", `run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $BACK --security-group-ids $SG --private-ip-address 10.0.2.10 ${named("instance", "web")}`),
  "wait 60s",
  "ssh $B listen tcp 80",
];
const FUNCTION = "--runtime python3.13 --role arn:aws:iam::123456789012:role/lambda --handler app.handler --code S3Bucket=code,S3Key=a.zip --vpc-config SubnetIds=$BACK,SecurityGroupIds=$SG --query State";

/** What is made, where it stands (a selector, and what the button is called), who asks what of it, and whether that arrives. */
export const OBJECTS = {
  "a network behind a VPN": {
    lines: [
      id("VGW", "VpnGateway.VpnGatewayId", `create-vpn-gateway --type ipsec.1 ${named("vpn-gateway", "vgw-main")}`),
      "aws ec2 attach-vpn-gateway --vpn-gateway-id $VGW --vpc-id $VPC",
      "aws ec2 enable-vgw-route-propagation --gateway-id $VGW --route-table-id $RTB",
      id("CGW", "CustomerGateway.CustomerGatewayId", `create-customer-gateway --type ipsec.1 --ip-address 198.51.100.10 --bgp-asn 65000 ${named("customer-gateway", "office")}`),
      id("VPN", "VpnConnection.VpnConnectionId", "create-vpn-connection --type ipsec.1 --customer-gateway-id $CGW --vpn-gateway-id $VGW --options StaticRoutesOnly=true"),
      "aws ec2 create-vpn-connection-route --vpn-connection-id $VPN --destination-cidr-block 192.168.0.0/16",
    ],
    stands: [[".vpc > header", "vgw-main VPN gateway attached"], [".is-loose", "office Customer gateway available"]],
    ask: { from: "app", to: "192.168.7.7", protocol: "icmp" },
    flies: "cgw:",
    check: "VPN gateway",
  },
  "a gateway endpoint": {
    lines: ["aws ec2 create-vpc-endpoint --vpc-id $VPC --service-name com.amazonaws.us-east-1.s3 --route-table-ids $RTB"],
    stands: [[".vpc > header", "s3 Gateway endpoint available"]],
    ask: { from: "app", to: "52.216.0.10", protocol: "tcp", port: 443 },
    flies: "vpce:",
    check: "Gateway endpoint",
  },
  "an egress-only gateway": {
    lines: [
      id("EIGW", "EgressOnlyInternetGateway.EgressOnlyInternetGatewayId", "create-egress-only-internet-gateway --vpc-id $VPC"),
      "aws ec2 create-route --route-table-id $RTB --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id $EIGW",
    ],
    stands: [[".vpc > header", "eigw-00000000000000001 Egress-only gateway attached"]],
    ask: { from: "app", to: "2001:db8:ffff::7", protocol: "icmp" },
    flies: "eigw:",
    check: "Egress-only gateway",
  },
  "an interface endpoint": {
    lines: ["aws ec2 create-vpc-endpoint --vpc-id $VPC --service-name com.amazonaws.us-east-1.ssm --vpc-endpoint-type Interface --subnet-ids $BACK --security-group-ids $SG", "wait 120s"],
    stands: [[".subnet:has-text('back')", "ssm Interface endpoint available"]],
    ask: { from: "app", to: "10.0.2.4", protocol: "tcp", port: 443 },
    flies: "service:",
    check: "Service",
  },
  "a mount target": {
    lines: [
      "FS=$(aws efs create-file-system --creation-token shop --tags Key=Name,Value=media --query FileSystemId --output text)",
      "aws efs create-mount-target --file-system-id $FS --subnet-id $BACK --ip-address 10.0.2.60 --security-groups $SG --query MountTargetId",
      "wait 120s",
    ],
    stands: [[".subnet:has-text('back')", "media Mount target available"]],
    ask: { from: "app", to: "10.0.2.60", protocol: "tcp", port: 2049 },
    flies: "service:",
    check: "Service",
  },
  "a load balancer": {
    lines: [
      "LB=$(aws elbv2 create-load-balancer --name store --type network --scheme internal --subnet-mappings SubnetId=$BACK,PrivateIPv4Address=10.0.2.80 --query 'LoadBalancers[0].LoadBalancerArn' --output text)",
      "TG=$(aws elbv2 create-target-group --name web --protocol TCP --port 80 --vpc-id $VPC --health-check-interval-seconds 10 --healthy-threshold-count 2 --query 'TargetGroups[0].TargetGroupArn' --output text)",
      "aws elbv2 create-listener --load-balancer-arn $LB --protocol TCP --port 80 --default-actions Type=forward,TargetGroupArn=$TG --query 'Listeners[0].Port'",
      "aws elbv2 register-targets --target-group-arn $TG --targets Id=$B",
      "wait 200s",
    ],
    stands: [[".subnet:has-text('back')", "store Network Load Balancer active"]],
    says: "TCP:80 → web\nweb:80 healthy",
    // By its health checks.
    met: true,
    ask: { from: "app", to: "10.0.2.80", protocol: "tcp", port: 80 },
    flies: "service:",
    check: "Network Load Balancer",
  },
  "functions that share an ENI": {
    lines: ["aws lambda create-function --function-name resize " + FUNCTION, "aws lambda create-function --function-name mail " + FUNCTION, "wait 120s"],
    stands: [[".subnet:has-text('back')", "mail, resize Lambda Active"]],
    says: "functions that share it: 2",
    ask: { from: "app", to: "10.0.2.4", protocol: "tcp", port: 443 },
    flies: "service:",
    lost: true,
    check: "Service",
  },
  "a private hosted zone": {
    lines: ["aws route53 create-hosted-zone --name shop.internal --caller-reference one --vpc VPCRegion=us-east-1,VPCId=$VPC --query HostedZone.Name"],
    stands: [[".is-loose", "shop.internal Private hosted zone seen in shop"]],
  },
};

/** Makes it; the terminal is folded again. */
export const make = (page, object) => lines(page, object.lines);
/** Makes all of them in one VPC. */
export const makeAll = (page) => lines(page, Object.values(OBJECTS).flatMap((object) => object.lines));

async function lines(page, more) {
  await openTerminal(page);
  for (const line of [...BASE, ...more]) await run(page, line);
  await page.getByRole("button", { name: "Terminal", exact: true }).first().click();
  await page.locator(".term.open").waitFor({ state: "detached" });
}
