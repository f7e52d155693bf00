# RULE 10. Of a route that leads nowhere there is no way around: the longest prefix wins even when it is a blackhole.
# And limits count everything: the primary interface among the interfaces of an instance, the primary address among
# the addresses of an interface. (R11 R12 E27 E61)
# (The rule's other half, what ACCEPT in a flow log means, is played when flow logs record packets.)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
MAIN=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW --query Return
S=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name open --description "lets all in" --vpc-id $VPC --query GroupId --output text)
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $S --security-group-ids $SG --associate-public-ip-address --query "Instances[0].InstanceId" --output text)

# A longer prefix through an interface that is deleted:
E=$(aws ec2 create-network-interface --subnet-id $S --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 create-route --route-table-id $MAIN --destination-cidr-block 198.51.100.0/24 --network-interface-id $E --query Return
aws ec2 delete-network-interface --network-interface-id $E
aws ec2 describe-route-tables --route-table-ids $MAIN --output table --query "RouteTables[0].Routes[].{To:DestinationCidrBlock,State:State}"
# The route to everywhere would do, and is not asked.
trace $I internet tcp 443
aws ec2 delete-route --route-table-id $MAIN --destination-cidr-block 198.51.100.0/24
expect trace $I internet tcp 443 EXITS_NETWORK

# t3.micro: two interfaces, the primary one is one of them.
aws ec2 describe-instance-types --instance-types t3.micro --query "InstanceTypes[0].NetworkInfo.[MaximumNetworkInterfaces,Ipv4AddressesPerInterface]" --output text
E=$(aws ec2 create-network-interface --subnet-id $S --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 1 --query AttachmentId --output text
F=$(aws ec2 create-network-interface --subnet-id $S --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 attach-network-interface --network-interface-id $F --instance-id $I --device-index 2
expect refused AttachmentLimitExceeded

# Two addresses on each, the primary one is one of them.
aws ec2 assign-private-ip-addresses --network-interface-id $E --secondary-private-ip-address-count 1 --query "AssignedPrivateIpAddresses[].PrivateIpAddress" --output text
aws ec2 assign-private-ip-addresses --network-interface-id $E --secondary-private-ip-address-count 1
expect refused PrivateIpAddressLimitExceeded
