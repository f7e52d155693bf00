# RESERVATIONS OF A SUBNET. A range is kept for prefixes, or for use by hand. What a call does not name is not taken from it,
# and who has an address in it keeps it. (E51 E65 E66)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
E=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 describe-network-interfaces --network-interface-ids $E --query "NetworkInterfaces[0].PrivateIpAddress"

# The first addresses for servers that are named one by one, the upper half for prefixes:
SERVERS=$(aws ec2 create-subnet-cidr-reservation --subnet-id $SUBNET --reservation-type explicit --cidr 10.0.1.0/27 --description servers \
    --query SubnetCidrReservation.SubnetCidrReservationId --output text)
aws ec2 create-subnet-cidr-reservation --subnet-id $SUBNET --reservation-type prefix --cidr 10.0.1.128/25
aws ec2 create-subnet-cidr-reservation --subnet-id $SUBNET --reservation-type prefix --cidr 10.0.1.192/26
expect refused InvalidParameterValue
aws ec2 create-subnet-cidr-reservation --subnet-id $SUBNET --reservation-type prefix --cidr 10.0.2.0/24
expect refused InvalidParameterValue

# An address of any comes from what is left, a prefix of any from its range; an address by name is given.
F=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 describe-network-interfaces --network-interface-ids $F --query "NetworkInterfaces[0].PrivateIpAddress"
aws ec2 assign-private-ip-addresses --network-interface-id $F --ipv4-prefix-count 1
aws ec2 assign-private-ip-addresses --network-interface-id $F --private-ip-addresses 10.0.1.10
aws ec2 get-subnet-cidr-reservations --subnet-id $SUBNET --filters Name=reservationType,Values=explicit

# Given back, the range is as any other:
aws ec2 delete-subnet-cidr-reservation --subnet-cidr-reservation-id $SERVERS
G=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 describe-network-interfaces --network-interface-ids $E $F $G --output text --query "NetworkInterfaces[].PrivateIpAddress"
expect ok
