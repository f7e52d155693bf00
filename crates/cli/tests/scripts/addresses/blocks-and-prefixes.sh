# ADDRESSES OF A SUBNET. A VPC takes further blocks, but not from every range; a subnet keeps five addresses for
# itself; a prefix takes sixteen in a row and counts as one address of the instance type.
# (E47 E48 E49 E61 E66 E67 E68 E69 E71 I9 R3)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
aws ec2 associate-vpc-cidr-block --vpc-id $VPC --cidr-block 192.168.0.0/16
expect refused InvalidVpc.Range
aws ec2 associate-vpc-cidr-block --vpc-id $VPC --cidr-block 10.0.128.0/20
expect refused CidrConflict
aws ec2 associate-vpc-cidr-block --vpc-id $VPC --cidr-block 100.64.0.0/16
aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --output text --query "RouteTables[0].Routes[].[DestinationCidrBlock,GatewayId]"

# The first block never goes, and another one only when no subnet is in it:
FIRST=$(aws ec2 describe-vpcs --vpc-ids $VPC --query "Vpcs[0].CidrBlockAssociationSet[0].AssociationId" --output text)
SECOND=$(aws ec2 describe-vpcs --vpc-ids $VPC --query "Vpcs[0].CidrBlockAssociationSet[1].AssociationId" --output text)
aws ec2 disassociate-vpc-cidr-block --association-id $FIRST
expect refused OperationNotPermitted
SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 100.64.1.0/26 --query Subnet.SubnetId --output text)
aws ec2 disassociate-vpc-cidr-block --association-id $SECOND
expect refused InvalidCidrBlock.InUse

# Of 64 addresses 59 can be given. The first sixteen and the last are no prefixes: five of their addresses are AWS's own.
aws ec2 describe-subnets --subnet-ids $SUBNET --query "Subnets[0].AvailableIpAddressCount"
aws ec2 create-network-interface --subnet-id $SUBNET --ipv4-prefixes Ipv4Prefix=100.64.1.0/28
expect refused InvalidParameterValue
E=$(aws ec2 create-network-interface --subnet-id $SUBNET --ipv4-prefix-count 1 --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 describe-network-interfaces --network-interface-ids $E --output text --query "NetworkInterfaces[0].[PrivateIpAddress,Ipv4Prefixes[0].Ipv4Prefix]"
aws ec2 describe-subnets --subnet-ids $SUBNET --query "Subnets[0].AvailableIpAddressCount"

# Prefixes or secondary addresses, not both at once:
aws ec2 create-network-interface --subnet-id $SUBNET --ipv4-prefix-count 1 --secondary-private-ip-address-count 1
expect refused InvalidParameterCombination

# One address in the last sixteen that are whole, and there are addresses enough for another prefix, but not in a row:
F=$(aws ec2 create-network-interface --subnet-id $SUBNET --private-ip-address 100.64.1.40 --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 assign-private-ip-addresses --network-interface-id $F --ipv4-prefix-count 1
expect refused InsufficientCidrBlocks
aws ec2 assign-private-ip-addresses --network-interface-id $F --ipv4-prefix-count 9
expect refused InvalidParameterValue

# A prefix counts as one address of the type: a t3.micro has two for an interface. A type that is not built on Nitro has none.
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
wait 10
aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 1 --query AttachmentId --output text
aws ec2 assign-private-ip-addresses --network-interface-id $E --secondary-private-ip-address-count 1
expect refused PrivateIpAddressLimitExceeded
J=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t2.micro --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
wait 10
aws ec2 attach-network-interface --network-interface-id $E --instance-id $J --device-index 1
expect refused InvalidNetworkInterface.InUse
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t2.micro --network-interfaces DeviceIndex=0,SubnetId=$SUBNET,Ipv4PrefixCount=1
expect refused Unsupported

# Taken away, its sixteen addresses are free again:
aws ec2 unassign-private-ip-addresses --network-interface-id $E --ipv4-prefixes 100.64.1.16/28
aws ec2 describe-subnets --subnet-ids $SUBNET --query "Subnets[0].AvailableIpAddressCount"
expect ok
