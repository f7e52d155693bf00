# RULE 5. Taking a rule out of a security group does not cut connections that AWS tracks. It cuts those at once that
# are not tracked: the ones let in from everywhere by a group that lets everything out. (S35 S36 S38 S39 S41 S46)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
SG=$(aws ec2 create-security-group --group-name ssh --description "secure shell" --query GroupId --output text)
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --security-group-ids $SG --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=host}]" --query ReservationId

# From one address (the test host of the internet is 198.51.100.1): tracked.
aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 22 --cidr 198.51.100.1/32 --query Return
connect internet host tcp 22
expect open internet host tcp 22
aws ec2 revoke-security-group-ingress --group-id $SG --protocol tcp --port 22 --cidr 198.51.100.1/32 --query Return
# The connection lives on; a new one is refused.
expect open internet host tcp 22
connect internet host tcp 23 || echo "no rule, no connection"
expect trace internet host tcp 22 DENIED

# From everywhere, with everything let out: not tracked.
aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 0.0.0.0/0 --query Return
connect internet host tcp 80
expect open internet host tcp 80
aws ec2 revoke-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 0.0.0.0/0 --query Return
expect cut internet host tcp 80

# The tracked one can be cut at once, too: by a network ACL, which remembers nothing.
expect open internet host tcp 22
ACL=$(aws ec2 describe-network-acls --filters Name=association.subnet-id,Values=$SUBNET --query "NetworkAcls[0].NetworkAclId" --output text)
aws ec2 create-network-acl-entry --network-acl-id $ACL --ingress --rule-number 1 --protocol tcp --port-range From=22,To=22 --cidr-block 198.51.100.1/32 --rule-action deny
expect cut internet host tcp 22

# A tracked connection on which nothing is said is forgotten after five days (432,000 seconds) on this type.
aws ec2 delete-network-acl-entry --network-acl-id $ACL --ingress --rule-number 1
expect open internet host tcp 22
wait 119h
expect open internet host tcp 22
wait 121h
expect cut internet host tcp 22

# Through some gateways every flow is tracked, whatever the rules are: NAT gateways, transit gateways, egress-only internet
# gateways. A group that is open both ways, before a NAT gateway: the connection stays when the rule goes. (S37 S38)
VPC=$(aws ec2 describe-subnets --subnet-ids $SUBNET --query "Subnets[0].VpcId" --output text)
PRIVATE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 172.31.128.0/24 --query Subnet.SubnetId --output text)
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
NAT=$(aws ec2 create-nat-gateway --subnet-id $SUBNET --allocation-id $EIP --query NatGateway.NatGatewayId --output text)
RTB=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $RTB --subnet-id $PRIVATE --query AssociationState.State
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT --query Return
OPEN=$(aws ec2 create-security-group --group-name open --description "open both ways" --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $OPEN --protocol all --cidr 0.0.0.0/0 --query Return
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $PRIVATE --security-group-ids $OPEN --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=inner}]" --query ReservationId
connect inner internet tcp 443
aws ec2 revoke-security-group-egress --group-id $OPEN --ip-permissions 'IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}]' --query Return
expect open inner internet tcp 443
connect inner internet tcp 443 || echo "no rule, no connection"
