#!/bin/bash
# A VPC with a public subnet, a web server in it, and an Elastic IP address.
set -e
export AWS_DEFAULT_REGION=us-east-1

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 \
    --tag-specifications 'ResourceType=vpc,Tags=[{Key=Name,Value=lab}]' \
    --query Vpc.VpcId --output text)
aws ec2 modify-vpc-attribute --vpc-id $VPC --enable-dns-hostnames "{\"Value\":true}"
PUBLIC=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 \
    --availability-zone us-east-1a --query Subnet.SubnetId --output text)

# The way to the internet.
IGW=$(aws ec2 create-internet-gateway --query InternetGateway.InternetGatewayId --output text)
aws ec2 attach-internet-gateway --internet-gateway-id $IGW --vpc-id $VPC
RTB=$(aws ec2 create-route-table --vpc-id "$VPC" --query 'RouteTable.RouteTableId' --output text)
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 0.0.0.0/0 --gateway-id $IGW
aws ec2 associate-route-table --route-table-id $RTB --subnet-id $PUBLIC \
    --query AssociationState.State --output text

# Who may come in.
SG=$(aws ec2 create-security-group --group-name web --description "web servers" \
    --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 443 \
    --cidr 0.0.0.0/0 --query 'SecurityGroupRules[].[SecurityGroupRuleId,ToPort]' --output text

# The server, with an address that stays.
ID=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro \
    --subnet-id ${PUBLIC} --security-group-ids ${SG} --count 1 \
    --query 'Instances[0].InstanceId' --output text)
aws ec2 wait instance-running --instance-ids $ID
EIP=$(aws ec2 allocate-address --domain vpc --query AllocationId --output text)
aws ec2 associate-address --allocation-id $EIP --instance-id $ID
aws ec2 describe-instances --instance-ids $ID --output table \
    --query 'Reservations[].Instances[].{Id:InstanceId,Ip:PublicIpAddress,State:State.Name}'
expect trace internet $ID tcp 443 DELIVERED
expect trace internet $ID tcp 22 DENIED

# The primary interface can never be detached.
set +e
ATTACHMENT=$(aws ec2 describe-network-interfaces --output text \
    --filters Name=attachment.instance-id,Values=$ID \
    --query 'NetworkInterfaces[0].Attachment.AttachmentId')
aws ec2 detach-network-interface --attachment-id $ATTACHMENT
expect refused OperationNotPermitted
aws ec2 delete-subnet --subnet-id $PUBLIC || echo "the subnet is still used"
aws ec2 describe-subnets --subnets $PUBLIC
echo "VPC $VPC is ready"
