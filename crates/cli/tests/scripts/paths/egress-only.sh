# THROUGH AN EGRESS-ONLY INTERNET GATEWAY. IPv6 goes out and its answers come in; nothing that begins outside gets in,
# whatever security groups and network ACLs say. (R37 R58 N8)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --amazon-provided-ipv6-cidr-block --query Vpc.VpcId --output text)
SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --ipv6-cidr-block 2001:db8:0:101::/64 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name open --description "everything" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --ip-permissions 'IpProtocol=-1,Ipv6Ranges=[{CidrIpv6=::/0}]' --query Return
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $SUBNET --security-group-ids $SG \
    --ipv6-addresses Ipv6Address=2001:db8:0:101::10 --query "Instances[0].InstanceId" --output text)
EIGW=$(aws ec2 create-egress-only-internet-gateway --vpc-id $VPC --query EgressOnlyInternetGateway.EgressOnlyInternetGatewayId --output text)
RTB=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${flow-direction} ${srcaddr} ${dstaddr} ${dstport} ${protocol} ${packets} ${action} ${traffic-path}' --query 'FlowLogIds[0]' --output text

# Its routes are of IPv6 alone. Without one nothing leads out.
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --egress-only-internet-gateway-id $EIGW
expect refused InvalidParameterValue
ssh $A ping -c 1 -W 1 2001:db8:ffff::7
aws ec2 create-route --route-table-id $RTB --destination-ipv6-cidr-block ::/0 --egress-only-internet-gateway-id $EIGW --query Return

# Forward and back: the gateway remembers what went out.
ssh $A ping -c 2 2001:db8:ffff::7
ssh $A curl -m 5 http://[2001:db8:ffff::7]/
expect trace $A 2001:db8:ffff::7 tcp 443 EXITS_NETWORK

# From outside: the group would let it in, the gateway does not.
expect trace 2001:db8:ffff::7 2001:db8:0:101::10 tcp 443 DENIED

# The echo without a way was let out by group and ACL all the same. What the gateway drops at the edge is in no record.
wait 60s
flow-logs

# Deleted, it leaves a black hole.
aws ec2 delete-egress-only-internet-gateway --egress-only-internet-gateway-id $EIGW --query ReturnCode
expect trace $A 2001:db8:ffff::7 tcp 443 BLACKHOLED
