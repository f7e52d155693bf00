# TO A FILE SYSTEM, through a mount target of Amazon EFS: a network interface in a subnet, which the service manages. Behind it the file
# system waits for NFS, TCP on port 2049, and its security groups decide who mounts it. (P41 P43 E82)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
APP=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
FILES=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name client --description "mounts" --vpc-id $VPC --query GroupId --output text)
GUARD=$(aws ec2 create-security-group --group-name files --description "who may mount" --vpc-id $VPC --query GroupId --output text)
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $APP --security-group-ids $SG \
    --private-ip-address 10.0.1.10 --query "Instances[0].InstanceId" --output text)
service takes efs $FILES --name fs-0a1b2c3d --groups $GUARD
ENI=$(aws ec2 describe-network-interfaces --filters Name=subnet-id,Values=$FILES --query 'NetworkInterfaces[0].NetworkInterfaceId' --output text)
aws ec2 describe-network-interfaces --network-interface-ids $ENI --query 'NetworkInterfaces[].[Description,InterfaceType,RequesterManaged,PrivateIpAddress]' --output text
aws ec2 create-flow-logs --resource-type NetworkInterface --resource-ids $ENI --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${flow-direction} ${srcaddr} ${dstaddr} ${dstport} ${packets} ${action} ${traffic-path}' --query 'FlowLogIds[0]' --output text

# Nobody may mount it before its group says so. The group of the clients is the word for who may.
ssh $A nc -zv -w 2 10.0.2.4 2049
aws ec2 authorize-security-group-ingress --group-id $GUARD --protocol tcp --port 2049 --source-group $SG --query Return
ssh $A nc -zv -w 2 10.0.2.4 2049
expect open $A $ENI tcp 2049

# It is no web server.
aws ec2 authorize-security-group-ingress --group-id $GUARD --protocol tcp --port 80 --source-group $SG --query Return
expect trace $A $ENI tcp 80 DENIED

# The client's own group lets it ask, too, or does not.
aws ec2 revoke-security-group-egress --group-id $SG --ip-permissions 'IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}]' --query Return
expect trace $A $ENI tcp 2049 DENIED
aws ec2 authorize-security-group-egress --group-id $SG --protocol tcp --port 2049 --source-group $GUARD --query Return
expect open $A $ENI tcp 2049

wait 60s
flow-logs

# The file system goes, and with it its network interface: nobody has its group any more, so the rule that names it means nobody.
service leaves $ENI
expect trace $A 10.0.2.4 tcp 2049 DENIED
