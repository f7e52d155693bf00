# RULE 2. Instance and interface must be in the same Availability Zone, and AWS calls a wrong one
# InvalidParameterCombination, not InvalidParameterValue. Another subnet of the zone is fine; so is another VPC,
# for a secondary interface, since October 2023. (E20 E21)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
A1=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
A2=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
B1=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.3.0/24 --availability-zone us-east-1b --query Subnet.SubnetId --output text)
OTHER=$(aws ec2 create-vpc --cidr-block 10.9.0.0/16 --query Vpc.VpcId --output text)
O1=$(aws ec2 create-subnet --vpc-id $OTHER --cidr-block 10.9.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
I=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.xlarge --subnet-id $A1 --query "Instances[0].InstanceId" --output text)

# Another zone of the same VPC:
E=$(aws ec2 create-network-interface --subnet-id $B1 --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 1
expect refused InvalidParameterCombination

# Another subnet of the same zone:
E=$(aws ec2 create-network-interface --subnet-id $A2 --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 1
expect ok

# Another VPC, same zone:
E=$(aws ec2 create-network-interface --subnet-id $O1 --query NetworkInterface.NetworkInterfaceId --output text)
aws ec2 attach-network-interface --network-interface-id $E --instance-id $I --device-index 2
expect ok

# The instance stays in the VPC of its primary interface.
aws ec2 describe-instances --instance-ids $I --query "Reservations[0].Instances[0].VpcId" --output text
echo $VPC
aws ec2 describe-instances --instance-ids $I --output table --query "Reservations[0].Instances[0].NetworkInterfaces[].{Index:Attachment.DeviceIndex,Subnet:SubnetId,Vpc:VpcId}"
