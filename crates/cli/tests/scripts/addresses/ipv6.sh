# IPv6 OF A NETWORK INTERFACE. The VPC has a block first, then the subnet, then the interface; addresses and /80 prefixes have a
# limit of their own, and an address moves in two steps only. (E66 E72 E73 E74 E75 E76 E77)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
aws ec2 create-network-interface --subnet-id $SUBNET --ipv6-address-count 1
expect refused InvalidParameterValue
aws ec2 associate-vpc-cidr-block --vpc-id $VPC --amazon-provided-ipv6-cidr-block --query Ipv6CidrBlockAssociation.Ipv6CidrBlock
aws ec2 associate-subnet-cidr-block --subnet-id $SUBNET --ipv6-cidr-block 2001:db8:0:101::/64 --query Ipv6CidrBlockAssociation.Ipv6CidrBlock

# Two of any, then one by name. The first four addresses of the block and the last one are AWS's own.
E=$(aws ec2 create-network-interface --subnet-id $SUBNET --ipv6-address-count 2 --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].Ipv6Addresses"
aws ec2 assign-ipv6-addresses --network-interface-id $E --ipv6-addresses 2001:db8:0:101::3
expect refused InvalidParameterValue
aws ec2 assign-ipv6-addresses --network-interface-id $E --ipv6-addresses 2001:db8:0:101::4
F=$(aws ec2 create-network-interface --subnet-id $SUBNET --ipv6-prefix-count 1 --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 describe-network-interfaces --network-interface-ids $F --query "NetworkInterfaces[0].Ipv6Prefixes[].Ipv6Prefix" --output text

# There is no option that takes it from the other interface: it is taken off, then given.
aws ec2 assign-ipv6-addresses --network-interface-id $F --ipv6-addresses 2001:db8:0:101::4
expect refused InvalidIPAddress.InUse
aws ec2 unassign-ipv6-addresses --network-interface-id $E --ipv6-addresses 2001:db8:0:101::4
aws ec2 assign-ipv6-addresses --network-interface-id $F --ipv6-addresses 2001:db8:0:101::4
aws ec2 describe-network-interfaces --filters Name=ipv6-addresses.ipv6-address,Values=2001:db8:0:101::4 --query "NetworkInterfaces[].NetworkInterfaceId" --output text

# A subnet gives each new interface one by itself, unless the call says another number. A type that takes none gets none.
aws ec2 modify-subnet-attribute --subnet-id $SUBNET --assign-ipv6-address-on-creation
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].Ipv6Address"
aws ec2 create-network-interface --subnet-id $SUBNET --ipv6-address-count 0 --query "length(NetworkInterface.Ipv6Addresses)"
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type m1.small --subnet-id $SUBNET --query "Instances[0].Ipv6Address"
aws ec2 run-instances --image-id ami-00000000000000001 --instance-type m1.small --subnet-id $SUBNET --ipv6-address-count 1
expect refused InvalidInterface.IpAddressLimitExceeded

# A t3.micro takes two in each family on an interface: addresses and prefixes together.
P=$(aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId" --output text)
aws ec2 assign-ipv6-addresses --network-interface-id $P --ipv6-prefix-count 1
aws ec2 assign-ipv6-addresses --network-interface-id $P --ipv6-address-count 1
expect refused Ipv6AddressLimitExceeded

# The address stays through stop and start. As primary one it stays as long as the interface is attached.
wait 10
aws ec2 modify-network-interface-attribute --network-interface-id $P --enable-primary-ipv6
aws ec2 stop-instances --instance-ids $I --query "StoppingInstances[0].CurrentState.Name"
wait 60
aws ec2 start-instances --instance-ids $I --query "StartingInstances[0].CurrentState.Name"
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].NetworkInterfaces[0].Ipv6Addresses"
aws ec2 unassign-ipv6-addresses --network-interface-id $P --ipv6-addresses $(aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].Ipv6Address" --output text)
expect refused OperationNotPermitted

# As long as an interface has an address of it, the subnet keeps its block.
aws ec2 disassociate-subnet-cidr-block --association-id $(aws ec2 describe-subnets --subnet-ids $SUBNET --query "Subnets[0].Ipv6CidrBlockAssociationSet[0].AssociationId" --output text)
expect refused InvalidCidrBlock.InUse
