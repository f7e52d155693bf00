# BETWEEN TWO VPCS, through a transit gateway: out of A, ACL, table, the gateway's network interface in A's zone; there by the table that A's
# attachment uses to the other attachment, whose interface, subnet and routes lead to B. The way back has to be there on its own. (P45 R57 R64 R65 R66)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
FAR=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
APP=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
GATE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.9.0/28 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
DATA=$(aws ec2 create-subnet --vpc-id $FAR --cidr-block 10.1.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
FARGATE=$(aws ec2 create-subnet --vpc-id $FAR --cidr-block 10.1.9.0/28 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $APP --private-ip-address 10.0.1.10 \
    --query "Instances[0].InstanceId" --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $DATA --private-ip-address 10.1.1.20 \
    --query "Instances[0].InstanceId" --output text)
ssh $B listen tcp 443
GUARD=$(aws ec2 describe-security-groups --filters Name=vpc-id,Values=$FAR --query "SecurityGroups[0].GroupId" --output text)
aws ec2 authorize-security-group-ingress --group-id $GUARD --protocol tcp --port 443 --cidr 10.0.0.0/16 --query Return

# A gateway with its default table: attachments use it, and tell it their blocks.
TGW=$(aws ec2 create-transit-gateway --description "between networks" --query TransitGateway.TransitGatewayId --output text)
wait 10s
ONE=$(aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id $TGW --vpc-id $VPC --subnet-ids $GATE \
    --query TransitGatewayVpcAttachment.TransitGatewayAttachmentId --output text)
TWO=$(aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id $TGW --vpc-id $FAR --subnet-ids $FARGATE \
    --query TransitGatewayVpcAttachment.TransitGatewayAttachmentId --output text)
wait 10s
aws ec2 describe-transit-gateway-vpc-attachments --query 'TransitGatewayVpcAttachments[].[TransitGatewayAttachmentId,VpcId,State]' --output text
aws ec2 describe-network-interfaces --filters Name=interface-type,Values=transit_gateway --query 'NetworkInterfaces[].[PrivateIpAddress,RequesterManaged,SourceDestCheck,Description]' --output text
TABLE=$(aws ec2 describe-transit-gateway-route-tables --query 'TransitGatewayRouteTables[0].TransitGatewayRouteTableId' --output text)
aws ec2 search-transit-gateway-routes --transit-gateway-route-table-id $TABLE --filters Name=type,Values=propagated --query 'Routes[].[DestinationCidrBlock,Type,State,TransitGatewayAttachments[0].ResourceId]' --output text

# The VPC's own table knows nothing of it yet; then one way leads there, and no way back.
expect trace $A 10.1.1.20 tcp 443 NO_ROUTE
RTB=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
FARRTB=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$FAR --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 10.1.0.0/16 --transit-gateway-id $TGW --query Return
for SUBNET in $APP $GATE $DATA $FARGATE; do aws ec2 create-flow-logs --resource-type Subnet --resource-ids $SUBNET --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr} ${dstport} ${packets} ${action}' --query 'FlowLogIds[0]' --output text; done
ssh $A curl -m 2 https://10.1.1.20/
expect trace $B 10.0.1.10 tcp 443 NO_ROUTE
aws ec2 create-route --route-table-id $FARRTB --destination-cidr-block 10.0.0.0/16 --transit-gateway-id $TGW --query Return
ssh $A curl -m 5 https://10.1.1.20/
expect open $A $B tcp 443
wait 60s
flow-logs

# A subnet of a zone in which the attachment has none cannot use it.
ELSEWHERE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --availability-zone us-east-1b --query Subnet.SubnetId --output text)
C=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $ELSEWHERE --private-ip-address 10.0.2.30 \
    --query "Instances[0].InstanceId" --output text)
expect trace $C 10.1.1.20 tcp 443 DENIED
aws ec2 modify-transit-gateway-vpc-attachment --transit-gateway-attachment-id $ONE --add-subnet-ids $ELSEWHERE --query TransitGatewayVpcAttachment.State --output text
expect open $C $B tcp 443

# The ACL of the gateway's subnet is asked of what comes from the other subnet.
ACL=$(aws ec2 create-network-acl --vpc-id $VPC --query NetworkAcl.NetworkAclId --output text)
TIE=$(aws ec2 describe-network-acls --filters Name=association.subnet-id,Values=$GATE --query "NetworkAcls[0].Associations[?SubnetId=='$GATE'].NetworkAclAssociationId" --output text)
aws ec2 replace-network-acl-association --association-id $TIE --network-acl-id $ACL --query NewAssociationId --output text
expect trace $A 10.1.1.20 tcp 443 DENIED
aws ec2 create-network-acl-entry --network-acl-id $ACL --rule-number 100 --protocol tcp --port-range From=443,To=443 --cidr-block 10.0.0.0/16 --rule-action allow --ingress
aws ec2 create-network-acl-entry --network-acl-id $ACL --rule-number 100 --protocol tcp --port-range From=1024,To=65535 --cidr-block 10.0.0.0/16 --rule-action allow --egress
expect open $A $B tcp 443

# A static blackhole goes before what is propagated, and without the attachment there is no way at all.
aws ec2 create-transit-gateway-route --transit-gateway-route-table-id $TABLE --destination-cidr-block 10.1.0.0/16 --blackhole --query Route.State --output text
expect trace $A 10.1.1.20 tcp 443 BLACKHOLED
aws ec2 delete-transit-gateway-route --transit-gateway-route-table-id $TABLE --destination-cidr-block 10.1.0.0/16 --query Route.State --output text
expect open $A $B tcp 443
aws ec2 delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id $ONE --query TransitGatewayVpcAttachment.State --output text
expect trace $A 10.1.1.20 tcp 443 BLACKHOLED
aws ec2 describe-route-tables --route-table-ids $RTB --query 'RouteTables[0].Routes[].[DestinationCidrBlock,State]' --output text
