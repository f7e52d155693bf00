// A region with every kind of gate, as lines of the terminal on the first scene: a NAT gateway that the private subnet's table leads to, three VPCs that peer, a way
// to a site, endpoints.
import { openTerminal, run } from "./terminal.mjs";

const id = (name, what, command) => `${name}=$(aws ec2 ${command} --query ${what} --output text)`;
const named = (kind, name) => `--tag-specifications 'ResourceType=${kind},Tags=[{Key=Name,Value=${name}}]'`;

const LINES = [
  id("SHOP", "'Vpcs[0].VpcId'", "describe-vpcs"),
  id("PUBLIC", "'Subnets[0].SubnetId'", "describe-subnets --filters Name=tag:Name,Values=public-a"),
  id("EIP", "AllocationId", "allocate-address"),
  id("NAT", "NatGateway.NatGatewayId", `create-nat-gateway --subnet-id $PUBLIC --allocation-id $EIP ${named("natgateway", "way-out")}`),
  id("TABLE", "'RouteTables[0].RouteTableId'", "describe-route-tables --filters Name=association.main,Values=true Name=vpc-id,Values=$SHOP"),
  "aws ec2 create-route --route-table-id $TABLE --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT",
  "aws ec2 create-egress-only-internet-gateway --vpc-id $SHOP",
  id("VGW", "VpnGateway.VpnGatewayId", "create-vpn-gateway --type ipsec.1"),
  "aws ec2 attach-vpn-gateway --vpc-id $SHOP --vpn-gateway-id $VGW",
  id("CGW", "CustomerGateway.CustomerGatewayId", "create-customer-gateway --type ipsec.1 --public-ip 192.0.2.9 --bgp-asn 65000"),
  "aws ec2 create-vpn-connection --type ipsec.1 --customer-gateway-id $CGW --vpn-gateway-id $VGW",
  "aws ec2 create-vpc-endpoint --vpc-id $SHOP --service-name com.amazonaws.us-east-1.s3",
  "aws ec2 create-vpc-endpoint --vpc-id $SHOP --service-name com.amazonaws.us-east-1.dynamodb",
  id("OFFICE", "Vpc.VpcId", `create-vpc --cidr-block 10.1.0.0/16 ${named("vpc", "office")}`),
  id("DEPOT", "Vpc.VpcId", `create-vpc --cidr-block 10.2.0.0/16 ${named("vpc", "depot")}`),
  `aws ec2 create-subnet --vpc-id $OFFICE --cidr-block 10.1.1.0/24 --availability-zone us-east-1a ${named("subnet", "desks")}`,
  `aws ec2 create-subnet --vpc-id $DEPOT --cidr-block 10.2.1.0/24 --availability-zone us-east-1a ${named("subnet", "racks")}`,
  id("IGW", "InternetGateway.InternetGatewayId", "create-internet-gateway"),
  "aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $OFFICE",
  ...["OFFICE", "DEPOT"].flatMap((other) => [
    id("PCX", "VpcPeeringConnection.VpcPeeringConnectionId", `create-vpc-peering-connection --vpc-id $SHOP --peer-vpc-id $${other}`),
    "wait 5s",
    "aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id $PCX",
  ]),
  "wait 300s",
];

/** Makes it, with the terminal open. */
export async function everyGate(page) {
  await openTerminal(page);
  for (const line of LINES) await run(page, line);
}
