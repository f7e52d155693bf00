# RULE 8. The source/destination check works both ways and knows every private address of the interface, secondary
# ones too, but never its public address. An answer to a second interface that leaves by the first one is dropped
# there: the fault of most machines with two interfaces. (E40 E41 G2 G3 G5)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
S=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
T=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name open --description "lets all in" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol all --cidr 0.0.0.0/0 --query Return

# A plain Linux with two interfaces, an Elastic IP on the second one.
P=$(aws ec2 run-instances --image-id ami-00000000000000002 --instance-type t3.small --subnet-id $S --security-group-ids $SG --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=plain}]" --query "Instances[0].InstanceId" --output text)
E=$(aws ec2 create-network-interface --subnet-id $T --groups $SG --query NetworkInterface.NetworkInterfaceId --output text)
A=$(aws ec2 attach-network-interface --network-interface-id $E --instance-id $P --device-index 1 --query AttachmentId --output text)
EIP=$(aws ec2 allocate-address --query AllocationId --output text)
IP=$(aws ec2 describe-addresses --allocation-ids $EIP --query "Addresses[0].PublicIp" --output text)
aws ec2 associate-address --allocation-id $EIP --network-interface-id $E

# The request arrives at the second interface; the answer leaves by the first one, which is not its address:
trace internet $IP tcp 443

# The same interface on a system with a routing table for each interface (Amazon Linux):
Q=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $S --security-group-ids $SG --query "Instances[0].InstanceId" --output text)
aws ec2 detach-network-interface --attachment-id $A
aws ec2 attach-network-interface --network-interface-id $E --instance-id $Q --device-index 1 --query AttachmentId --output text
expect trace internet $IP tcp 443 DELIVERED

# A secondary address is one of the interface's own:
aws ec2 assign-private-ip-addresses --network-interface-id $E --private-ip-addresses 10.0.2.77 --query "AssignedPrivateIpAddresses[].PrivateIpAddress" --output text
expect trace plain 10.0.2.77 tcp 443 DELIVERED

# What is led to an interface for somebody else is dropped there, until the check is off:
R=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
aws ec2 create-route --route-table-id $R --destination-cidr-block 0.0.0.0/0 --network-interface-id $E --query Return
aws ec2 associate-route-table --route-table-id $R --subnet-id $S --query AssociationState.State --output text
expect trace plain internet tcp 443 ENI_SOURCE_DEST_CHECK_RESTRICTION
aws ec2 modify-network-interface-attribute --network-interface-id $E --no-source-dest-check
trace plain internet tcp 443
