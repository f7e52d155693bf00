# A HUB AND ITS SPOKES around a transit gateway: two route tables keep spokes apart, one NAT gateway serves them all, and what a gateway still
# holds keeps it from being deleted. (P46 P47 P48 R66 R67 R69)

HUB=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
RED=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
BLUE=$(aws ec2 create-vpc --cidr-block 10.2.0.0/16 --query Vpc.VpcId --output text)
PUBLIC=$(aws ec2 create-subnet --vpc-id $HUB --cidr-block 10.0.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
INNER=$(aws ec2 create-subnet --vpc-id $HUB --cidr-block 10.0.2.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
REDNET=$(aws ec2 create-subnet --vpc-id $RED --cidr-block 10.1.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
BLUENET=$(aws ec2 create-subnet --vpc-id $BLUE --cidr-block 10.2.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)

# Without default tables every attachment is told which one it uses, and which it fills.
TGW=$(aws ec2 create-transit-gateway --options DefaultRouteTableAssociation=disable,DefaultRouteTablePropagation=disable --query TransitGateway.TransitGatewayId --output text)
aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id $TGW --vpc-id $HUB --subnet-ids $PUBLIC $INNER
TOHUB=$(aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id $TGW --vpc-id $HUB --subnet-ids $INNER --query TransitGatewayVpcAttachment.TransitGatewayAttachmentId --output text)
TORED=$(aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id $TGW --vpc-id $RED --subnet-ids $REDNET --query TransitGatewayVpcAttachment.TransitGatewayAttachmentId --output text)
TOBLUE=$(aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id $TGW --vpc-id $BLUE --subnet-ids $BLUENET --query TransitGatewayVpcAttachment.TransitGatewayAttachmentId --output text)
aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id $TGW --vpc-id $BLUE --subnet-ids $BLUENET
SPOKES=$(aws ec2 create-transit-gateway-route-table --transit-gateway-id $TGW --query TransitGatewayRouteTable.TransitGatewayRouteTableId --output text)
CENTRE=$(aws ec2 create-transit-gateway-route-table --transit-gateway-id $TGW --query TransitGatewayRouteTable.TransitGatewayRouteTableId --output text)
wait 10s

A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $REDNET --private-ip-address 10.1.1.10 --query "Instances[0].InstanceId" --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $BLUENET --private-ip-address 10.2.1.20 --query "Instances[0].InstanceId" --output text)
REDTABLE=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$RED --query "RouteTables[0].RouteTableId" --output text)
REDGROUP=$(aws ec2 describe-security-groups --filters Name=vpc-id,Values=$RED --query "SecurityGroups[0].GroupId" --output text)
aws ec2 create-route --route-table-id $REDTABLE --destination-cidr-block 0.0.0.0/0 --transit-gateway-id $TGW --query Return
aws ec2 authorize-security-group-ingress --group-id $REDGROUP --protocol icmp --port -1 --cidr 10.0.0.0/8 --query Return
BLUETABLE=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$BLUE --query "RouteTables[0].RouteTableId" --output text)
BLUEGROUP=$(aws ec2 describe-security-groups --filters Name=vpc-id,Values=$BLUE --query "SecurityGroups[0].GroupId" --output text)
aws ec2 create-route --route-table-id $BLUETABLE --destination-cidr-block 0.0.0.0/0 --transit-gateway-id $TGW --query Return
aws ec2 authorize-security-group-ingress --group-id $BLUEGROUP --protocol icmp --port -1 --cidr 10.0.0.0/8 --query Return

# An attachment without a table leads nowhere.
expect trace $A 10.2.1.20 icmp DENIED
aws ec2 associate-transit-gateway-route-table --transit-gateway-route-table-id $SPOKES --transit-gateway-attachment-id $TORED --query Association.State --output text
aws ec2 associate-transit-gateway-route-table --transit-gateway-route-table-id $SPOKES --transit-gateway-attachment-id $TOBLUE --query Association.State --output text
aws ec2 associate-transit-gateway-route-table --transit-gateway-route-table-id $CENTRE --transit-gateway-attachment-id $TOHUB --query Association.State --output text
for SPOKE in $TORED $TOBLUE; do aws ec2 enable-transit-gateway-route-table-propagation --transit-gateway-route-table-id $CENTRE --transit-gateway-attachment-id $SPOKE --query Propagation.State --output text; done

# The spokes' table leads to the hub alone: they do not reach each other.
aws ec2 create-transit-gateway-route --transit-gateway-route-table-id $SPOKES --destination-cidr-block 0.0.0.0/0 --transit-gateway-attachment-id $TOHUB --query 'Route.[DestinationCidrBlock,Type,State]' --output text
aws ec2 create-transit-gateway-route --transit-gateway-route-table-id $SPOKES --destination-cidr-block 10.0.0.0/8 --blackhole --query 'Route.[DestinationCidrBlock,Type,State]' --output text
expect trace $A 10.2.1.20 icmp BLACKHOLED

# One NAT gateway in the hub serves all of them. Its subnet has to know the way back.
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $HUB
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
NAT=$(aws ec2 create-nat-gateway --subnet-id $PUBLIC --allocation-id $EIP --query NatGateway.NatGatewayId --output text)
aws ec2 wait nat-gateway-available --nat-gateway-ids $NAT
OUT=$(aws ec2 create-route-table --vpc-id $HUB --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $OUT --subnet-id $PUBLIC --query AssociationState.State --output text
aws ec2 create-route --route-table-id $OUT --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$HUB Name=association.main,Values=true --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT --query Return
ssh $A curl -m 2 http://example.com/
aws ec2 create-route --route-table-id $OUT --destination-cidr-block 10.0.0.0/8 --transit-gateway-id $TGW --query Return
ssh $A curl -m 5 http://example.com/
ssh $B curl -m 5 http://example.com/

# Through a table that both fill, spoke talks to spoke: there is no limit as of peering connections.
aws ec2 delete-transit-gateway-route --transit-gateway-route-table-id $SPOKES --destination-cidr-block 10.0.0.0/8 --query Route.State --output text
for SPOKE in $TORED $TOBLUE; do aws ec2 enable-transit-gateway-route-table-propagation --transit-gateway-route-table-id $SPOKES --transit-gateway-attachment-id $SPOKE --query Propagation.State --output text; done
aws ec2 search-transit-gateway-routes --transit-gateway-route-table-id $SPOKES --filters Name=route-search.longest-prefix-match,Values=10.2.1.20 --query 'Routes[].[DestinationCidrBlock,Type,State]' --output text
ssh $A ping -c 1 -W 1 10.2.1.20

# What is tied to it keeps a table, and a gateway.
aws ec2 delete-transit-gateway-route-table --transit-gateway-route-table-id $SPOKES
aws ec2 delete-transit-gateway --transit-gateway-id $TGW
for ATTACHMENT in $TOHUB $TORED $TOBLUE; do aws ec2 delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id $ATTACHMENT --query TransitGatewayVpcAttachment.State --output text; done
wait 10s
aws ec2 search-transit-gateway-routes --transit-gateway-route-table-id $SPOKES --filters Name=type,Values=static --query 'Routes[].[DestinationCidrBlock,State]' --output text
aws ec2 delete-transit-gateway --transit-gateway-id $TGW --query TransitGateway.State --output text
wait 10s
aws ec2 describe-transit-gateways --query 'TransitGateways[].[State]' --output text
