# The life of a VPC peering connection.
SHOW='VpcPeeringConnections[].[VpcPeeringConnectionId,Status.Code]'
A=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
B=$(aws ec2 create-vpc --cidr-block 10.2.0.0/16 --query Vpc.VpcId --output text)
C=$(aws ec2 create-vpc --cidr-block 10.2.128.0/20 --query Vpc.VpcId --output text)

# One VPC asks, the other accepts; until then its blocks are not told.
PCX=$(aws ec2 create-vpc-peering-connection --vpc-id $A --peer-vpc-id $B \
    --query VpcPeeringConnection.VpcPeeringConnectionId --output text)
aws ec2 describe-vpc-peering-connections --output table \
    --query 'VpcPeeringConnections[].{State:Status.Code,Until:ExpirationTime,Accepter:AccepterVpcInfo.CidrBlock}'
aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id $PCX \
    --query VpcPeeringConnection.AccepterVpcInfo
aws ec2 describe-vpc-peering-connections --query "$SHOW" --output text

# There is one between two VPCs, whoever asks; and a VPC that has one stays.
aws ec2 create-vpc-peering-connection --vpc-id $B --peer-vpc-id $A
expect refused VpcPeeringConnectionAlreadyExists
aws ec2 delete-vpc --vpc-id $B
expect refused DependencyViolation

# Blocks that overlap: no refusal, the connection fails.
aws ec2 create-vpc-peering-connection --vpc-id $B --peer-vpc-id $C \
    --query VpcPeeringConnection.Status --output text
aws ec2 describe-vpc-peering-connections --filters Name=status-code,Values=failed --query "$SHOW" --output text

# A request that is rejected, and one that nobody answers for seven days.
ASKED=$(aws ec2 create-vpc-peering-connection --vpc-id $A --peer-vpc-id $C \
    --query VpcPeeringConnection.VpcPeeringConnectionId --output text)
aws ec2 reject-vpc-peering-connection --vpc-peering-connection-id $ASKED
aws ec2 accept-vpc-peering-connection --vpc-peering-connection-id $ASKED
expect refused InvalidStateTransition
aws ec2 create-vpc-peering-connection --vpc-id $C --peer-vpc-id $A \
    --query VpcPeeringConnection.VpcPeeringConnectionId --output text
wait 6d
aws ec2 describe-vpc-peering-connections --query "$SHOW" --output text
wait 1d
aws ec2 describe-vpc-peering-connections --query "$SHOW" --output text

# Deleted by either side, it stays listed for two days.
aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id $PCX
aws ec2 delete-vpc-peering-connection --vpc-peering-connection-id $PCX
expect refused InvalidStateTransition
aws ec2 describe-vpc-peering-connections --query "$SHOW" --output text
wait 2d
aws ec2 describe-vpc-peering-connections --query "$SHOW" --output text
aws ec2 delete-vpc --vpc-id $B
expect ok
