# Services that take a subnet: what stands there is a network interface, which the service manages itself.
VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
APP=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
DATA=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name db --description "who may ask" --vpc-id $VPC --query GroupId --output text)

# AWS has a call of its own for each service; what they have in common is this.
ENI=$(service takes alb $APP --name checkout)
service takes nlb $APP --name shop
service takes rds $DATA --groups $SG
aws ec2 describe-network-interfaces --output text \
  --query 'NetworkInterfaces[].[NetworkInterfaceId,InterfaceType,RequesterId,RequesterManaged,Status,Description]'

# You may look and tag. Everything else is refused: it is the service's.
aws ec2 create-tags --resources $ENI --tags Key=Name,Value=checkout
aws ec2 delete-network-interface --network-interface-id $ENI
expect refused AuthFailure
aws ec2 modify-network-interface-attribute --network-interface-id $ENI --no-source-dest-check
expect refused AuthFailure
TIE=$(aws ec2 describe-network-interfaces --network-interface-ids $ENI --query 'NetworkInterfaces[0].Attachment.AttachmentId' --output text)
aws ec2 detach-network-interface --attachment-id $TIE
expect refused OperationNotPermitted

# That is why a subnet cannot be deleted although no instance is in it.
aws ec2 delete-subnet --subnet-id $APP
expect refused DependencyViolation
aws ec2 delete-security-group --group-id $SG
expect refused DependencyViolation

# Its interface goes when the service does.
service leaves $ENI
aws ec2 describe-network-interfaces --filters Name=requester-managed,Values=true --query 'length(NetworkInterfaces)'

# A service that takes none, and an interface that no service made.
service takes pigeon $APP
MINE=$(aws ec2 create-network-interface --subnet-id $DATA --query NetworkInterface.NetworkInterfaceId --output text)
service leaves $MINE
aws ec2 delete-network-interface --network-interface-id $MINE
expect ok
