# TO A FILE SYSTEM, through mount targets of Amazon EFS: in each zone a network interface in a subnet, which the service manages. Behind it the
# file system waits for NFS, TCP on port 2049, and its security groups decide who mounts it. (P41 P43 E82 R96 R97 R98 R99)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
aws ec2 modify-vpc-attribute --vpc-id $VPC --enable-dns-hostnames
A=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --availability-zone us-east-1a --query Subnet.SubnetId --output text)
B=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --availability-zone us-east-1b --query Subnet.SubnetId --output text)
C=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.3.0/24 --availability-zone us-east-1c --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name client --description "mounts" --vpc-id $VPC --query GroupId --output text)
GUARD=$(aws ec2 create-security-group --group-name files --description "who may mount" --vpc-id $VPC --query GroupId --output text)
ONE=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $A --security-group-ids $SG \
    --private-ip-address 10.0.1.10 --query "Instances[0].InstanceId" --output text)
TWO=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $B --security-group-ids $SG \
    --private-ip-address 10.0.2.10 --query "Instances[0].InstanceId" --output text)
THREE=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $C --security-group-ids $SG \
    --private-ip-address 10.0.3.10 --query "Instances[0].InstanceId" --output text)

# A file system is in no subnet. Its mount targets are, one in a zone.
FS=$(aws efs create-file-system --creation-token shop --tags Key=Name,Value=shop --query FileSystemId --output text)
TARGET=$(aws efs create-mount-target --file-system-id $FS --subnet-id $A --ip-address 10.0.1.60 --security-groups $GUARD \
    --query MountTargetId --output text)
aws efs create-mount-target --file-system-id $FS --subnet-id $B --ip-address 10.0.2.60 --security-groups $GUARD --query LifeCycleState
aws efs create-mount-target --file-system-id $FS --subnet-id $A
expect refused MountTargetConflict
aws efs describe-mount-targets --file-system-id $FS --output text \
  --query 'MountTargets[].[MountTargetId,AvailabilityZoneName,IpAddress,LifeCycleState]'
ENI=$(aws efs describe-mount-targets --mount-target-id $TARGET --query 'MountTargets[0].NetworkInterfaceId' --output text)
aws ec2 describe-network-interfaces --network-interface-ids $ENI --query 'NetworkInterfaces[].[Description,InterfaceType,RequesterManaged,PrivateIpAddress]' --output text
aws ec2 create-flow-logs --resource-type NetworkInterface --resource-ids $ENI --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${flow-direction} ${srcaddr} ${dstaddr} ${dstport} ${packets} ${action} ${traffic-path}' --query 'FlowLogIds[0]' --output text

# Its name leads each client to the mount target of its own zone. In a zone without one it leads nowhere; the address of another zone works.
ssh $ONE dig +short $FS.efs.us-east-1.amazonaws.com
ssh $TWO dig +short $FS.efs.us-east-1.amazonaws.com
ssh $THREE host $FS.efs.us-east-1.amazonaws.com
ssh $THREE dig +short us-east-1a.$FS.efs.us-east-1.amazonaws.com

# Nobody may mount it before its group says so: 2049 is missing. The group of the clients is the word for who may.
ssh $ONE nc -zv -w 2 $FS.efs.us-east-1.amazonaws.com 2049
aws ec2 authorize-security-group-ingress --group-id $GUARD --protocol tcp --port 2049 --source-group $SG --query Return
ssh $ONE nc -zv -w 2 $FS.efs.us-east-1.amazonaws.com 2049
ssh $TWO nc -zv -w 2 $FS.efs.us-east-1.amazonaws.com 2049
ssh $THREE nc -zv -w 2 10.0.1.60 2049
expect open $ONE $ENI tcp 2049

# It is no web server.
aws ec2 authorize-security-group-ingress --group-id $GUARD --protocol tcp --port 80 --source-group $SG --query Return
expect trace $ONE $ENI tcp 80 DENIED

# The client's own group lets it ask, too, or does not.
aws ec2 revoke-security-group-egress --group-id $SG --ip-permissions 'IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}]' --query Return
expect trace $ONE $ENI tcp 2049 DENIED
aws ec2 authorize-security-group-egress --group-id $SG --protocol tcp --port 2049 --source-group $GUARD --query Return
expect open $ONE $ENI tcp 2049

wait 60s
flow-logs

# Its groups are changed by a call of its own; the network interface is not for the user to change.
aws ec2 modify-network-interface-attribute --network-interface-id $ENI --groups $SG
expect refused AuthFailure
aws efs modify-mount-target-security-groups --mount-target-id $TARGET --security-groups $SG
aws efs describe-mount-target-security-groups --mount-target-id $TARGET --query 'SecurityGroups[0]' --output text
expect trace $ONE $ENI tcp 2049 DENIED
aws efs modify-mount-target-security-groups --mount-target-id $TARGET --security-groups $GUARD

# The file system goes after its mount targets, and with each its network interface.
aws efs delete-file-system --file-system-id $FS
expect refused FileSystemInUse
TARGETS=$(aws efs describe-mount-targets --file-system-id $FS --query 'MountTargets[].MountTargetId' --output text)
for T in $TARGETS; do aws efs delete-mount-target --mount-target-id $T; done
aws efs delete-file-system --file-system-id $FS
expect ok
expect trace $ONE 10.0.1.60 tcp 2049 DENIED
