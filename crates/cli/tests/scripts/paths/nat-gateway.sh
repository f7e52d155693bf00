# OUT THROUGH A NAT GATEWAY, public and private. The ACL of its subnet sees each packet twice, before and behind it, there and back; behind a
# public one the internet sees its Elastic IP, behind a private one the other VPC sees its private address. (P11 P12 P14 P15 P16 R38 R39 R40 R42)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
EDGE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
APP=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
NAT=$(aws ec2 create-nat-gateway --subnet-id $EDGE --allocation-id $EIP --query NatGateway.NatGatewayId --output text)
OWN=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $OWN --subnet-id $APP --query AssociationState.State --output text
aws ec2 create-route --route-table-id $OWN --destination-cidr-block 0.0.0.0/0 --nat-gateway-id $NAT --query Return
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $APP --private-ip-address 10.0.2.20 \
    --query "Instances[0].InstanceId" --output text)
aws ec2 describe-nat-gateways --query 'NatGateways[].[State,NatGatewayAddresses[0].PrivateIp,NatGatewayAddresses[0].PublicIp]' --output text
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr} ${dstport} ${packets} ${action}' --query 'FlowLogIds[0]' --output text

# Out: who is asked sees the Elastic IP.
ssh $A curl -s -m 2 http://checkip.amazonaws.com/
trace $A internet tcp 443
wait 60s
flow-logs

# What is too long for the way is cut by who sends it, once it knows. A NAT gateway drops such pieces of TCP and ICMP. (R41)
ssh $A ping -c 1 -W 1 198.51.100.10
ssh $A ping -c 3 -W 1 -s 3000 198.51.100.10

# In: nobody begins anything through it.
IP=$(aws ec2 describe-addresses --allocation-ids $EIP --query "Addresses[0].PublicIp" --output text)
expect trace internet $IP tcp 443 DENIED

# The ACL of its subnet must let in what comes from inside, and what comes back for the gateway's ports.
ACL=$(aws ec2 create-network-acl --vpc-id $VPC --query NetworkAcl.NetworkAclId --output text)
TIE=$(aws ec2 describe-network-acls --filters Name=association.subnet-id,Values=$EDGE --query "NetworkAcls[0].Associations[?SubnetId=='$EDGE'].NetworkAclAssociationId" --output text)
aws ec2 replace-network-acl-association --association-id $TIE --network-acl-id $ACL --query NewAssociationId --output text
aws ec2 create-network-acl-entry --network-acl-id $ACL --rule-number 100 --protocol all --cidr-block 0.0.0.0/0 --rule-action allow --egress
aws ec2 create-network-acl-entry --network-acl-id $ACL --rule-number 100 --protocol tcp --port-range From=80,To=80 --cidr-block 10.0.2.0/24 --rule-action allow --ingress
ssh $A curl -s -m 1 http://checkip.amazonaws.com/
# CloudWatch Logs gets records some five minutes after their minute is over.
wait 6m
aws logs filter-log-events --log-group-name flows --filter-pattern REJECT --query 'events[].message' --output text
aws ec2 create-network-acl-entry --network-acl-id $ACL --rule-number 110 --protocol tcp --port-range From=1024,To=65535 --cidr-block 0.0.0.0/0 --rule-action allow --ingress
ssh $A curl -s -m 2 http://checkip.amazonaws.com/

# A private one: no Elastic IP, and no way out by an internet gateway. It stands before another VPC whose hosts shall know one address only.
FAR=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
DATA=$(aws ec2 create-subnet --vpc-id $FAR --cidr-block 10.1.1.0/24 --query Subnet.SubnetId --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $DATA --private-ip-address 10.1.1.20 \
    --query "Instances[0].InstanceId" --output text)
ssh $B listen tcp 80
GUARD=$(aws ec2 describe-security-groups --filters Name=vpc-id,Values=$FAR --query "SecurityGroups[0].GroupId" --output text)
GATE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.9.0/24 --query Subnet.SubnetId --output text)
INNER=$(aws ec2 create-nat-gateway --subnet-id $GATE --connectivity-type private --private-ip-address 10.0.9.9 --query NatGateway.NatGatewayId --output text)
aws ec2 create-route --route-table-id $OWN --destination-cidr-block 10.1.0.0/16 --nat-gateway-id $INNER --query Return
aws ec2 create-route --route-table-id $OWN --destination-cidr-block 198.51.100.0/24 --nat-gateway-id $INNER --query Return
expect trace $A 198.51.100.9 tcp 80 IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS
TGW=$(aws ec2 create-transit-gateway --query TransitGateway.TransitGatewayId --output text)
aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id $TGW --vpc-id $VPC --subnet-ids $GATE --query TransitGatewayVpcAttachment.State --output text
aws ec2 create-transit-gateway-vpc-attachment --transit-gateway-id $TGW --vpc-id $FAR --subnet-ids $DATA --query TransitGatewayVpcAttachment.State --output text
BEHIND=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 associate-route-table --route-table-id $BEHIND --subnet-id $GATE --query AssociationState.State --output text
aws ec2 create-route --route-table-id $BEHIND --destination-cidr-block 10.1.0.0/16 --transit-gateway-id $TGW --query Return
FARRTB=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$FAR --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $FARRTB --destination-cidr-block 10.0.9.0/24 --transit-gateway-id $TGW --query Return
aws ec2 authorize-security-group-ingress --group-id $GUARD --protocol tcp --port 80 --cidr 10.0.9.9/32 --query Return
FLOWS=$(aws ec2 create-flow-logs --resource-type Subnet --resource-ids $DATA $GATE --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${dstaddr} ${pkt-srcaddr} ${pkt-dstaddr} ${dstport} ${packets} ${action}' --query 'FlowLogIds[]' --output text)
ssh $A curl -m 2 http://10.1.1.20/
expect trace $B 10.0.9.9 tcp 80 DENIED
wait 60s
for LOG in $FLOWS; do flow-logs $LOG; done
