# RULE 7. An Elastic IP belongs to one private address. It goes where that address goes: with its interface, or with
# a secondary address that moves to another interface. Taken off with the address, it stays allocated. By instance
# it can be associated only where the instance has one interface. (A14 A16 A25 E58 E59)

SUBNET=$(aws ec2 describe-subnets --filters Name=availability-zone,Values=us-east-1a --query "Subnets[0].SubnetId" --output text)
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
J=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --query "Instances[0].InstanceId" --output text)
E=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
F=$(aws ec2 create-network-interface --subnet-id $SUBNET --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 assign-private-ip-addresses --network-interface-id $E --private-ip-addresses 172.31.0.50 --query "AssignedPrivateIpAddresses[].PrivateIpAddress" --output text

# One Elastic IP for each private address of the interface:
ONE=$(aws ec2 allocate-address --query AllocationId --output text)
TWO=$(aws ec2 allocate-address --query AllocationId --output text)
aws ec2 associate-address --allocation-id $ONE --network-interface-id $E
aws ec2 associate-address --allocation-id $TWO --network-interface-id $E --private-ip-address 172.31.0.50
aws ec2 describe-addresses --output table --query "Addresses[].{Ip:PublicIp,On:NetworkInterfaceId,Private:PrivateIpAddress,Instance:InstanceId}"

# They go with the interface:
A=$(aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 1 --query AttachmentId --output text)
aws ec2 detach-network-interface --attachment-id $A
aws ec2 attach-network-interface --network-interface-id $E --instance-id $J --device-index 1 --query AttachmentId --output text
aws ec2 describe-addresses --output table --query "Addresses[].{Ip:PublicIp,On:NetworkInterfaceId,Private:PrivateIpAddress,Instance:InstanceId}"

# One goes with the secondary address that moves to another interface:
aws ec2 assign-private-ip-addresses --network-interface-id $F --private-ip-addresses 172.31.0.50 --allow-reassignment --query "AssignedPrivateIpAddresses[].PrivateIpAddress" --output text
aws ec2 describe-addresses --allocation-ids $TWO --output text --query "Addresses[0].[PublicIp,NetworkInterfaceId,PrivateIpAddress]"

# And comes off with it:
aws ec2 unassign-private-ip-addresses --network-interface-id $F --private-ip-addresses 172.31.0.50
aws ec2 describe-addresses --allocation-ids $TWO --output text --query "Addresses[0].[PublicIp,NetworkInterfaceId,PrivateIpAddress]"

# By instance: only with one interface.
aws ec2 associate-address --allocation-id $TWO --instance-id $J
expect refused InvalidInstanceID
aws ec2 associate-address --allocation-id $TWO --instance-id $I
expect ok
