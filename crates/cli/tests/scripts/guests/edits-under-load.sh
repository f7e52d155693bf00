# EDITS UNDER LOAD: rules are taken away while something runs. What is tracked goes on, what is not stops at the next packet, and a network ACL cuts
# both. (S32 S35 S36 S38 S39 S40 S41 N9 N15)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
ONE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
TWO=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
ASKS=$(aws ec2 create-security-group --group-name asks --description "only goes out" --vpc-id $VPC --query GroupId --output text)
SERVES=$(aws ec2 create-security-group --group-name serves --description "echoes and the web" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SERVES --protocol icmp --port -1 --cidr 0.0.0.0/0 --query Return
aws ec2 authorize-security-group-ingress --group-id $SERVES --protocol tcp --port 80 --cidr 0.0.0.0/0 --query Return
aws ec2 authorize-security-group-ingress --group-id $SERVES --protocol tcp --port 22 --cidr 10.0.1.0/24 --query Return
C=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $ONE --private-ip-address 10.0.1.10 --security-group-ids $ASKS \
    --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=client}]" --query "Instances[0].InstanceId" --output text)
D=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $TWO --private-ip-address 10.0.2.20 --security-group-ids $SERVES --user-data 'yum install -y httpd' \
    --tag-specifications "ResourceType=instance,Tags=[{Key=Name,Value=server}]" --query "Instances[0].InstanceId" --output text)
ENI=$(aws ec2 describe-instances --instance-ids $D --query "Reservations[0].Instances[0].NetworkInterfaces[0].NetworkInterfaceId" --output text)
aws ec2 create-flow-logs --resource-type NetworkInterface --resource-ids $ENI --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${start} ${flow-direction} ${srcaddr} ${dstaddr} ${dstport} ${protocol} ${packets} ${action}' --query 'FlowLogIds[0]' --output text

# Two connections stand, and somebody sends an echo every second. Which of them are tracked?
connect client server tcp 80
connect client server tcp 22
ask client server icmp --every 1000ms
wait 10s

# All three rules are taken away. The web from everywhere was not tracked: it is cut. Secure shell from one block was, and echoes always are.
aws ec2 revoke-security-group-ingress --group-id $SERVES --protocol icmp --port -1 --cidr 0.0.0.0/0 --query Return
aws ec2 revoke-security-group-ingress --group-id $SERVES --protocol tcp --port 80 --cidr 0.0.0.0/0 --query Return
aws ec2 revoke-security-group-ingress --group-id $SERVES --protocol tcp --port 22 --cidr 10.0.1.0/24 --query Return
expect cut client server tcp 80
expect open client server tcp 22
wait 10s
# The echoes of the client that was already asking go on; those of another one are refused.
ssh client ping -c 2 -W 1 10.0.2.20
expect trace client server tcp 22 DENIED
wait 60s
flow-logs

# Without rules outward, what comes in by an open rule is tracked, and survives its rule.
aws ec2 authorize-security-group-ingress --group-id $SERVES --protocol tcp --port 443 --cidr 0.0.0.0/0 --query Return
aws ec2 revoke-security-group-egress --group-id $SERVES --ip-permissions IpProtocol=-1,IpRanges=[{CidrIp=0.0.0.0/0}] --query Return
ssh server listen tcp 443
connect client server tcp 443
aws ec2 revoke-security-group-ingress --group-id $SERVES --protocol tcp --port 443 --cidr 0.0.0.0/0 --query Return
expect open client server tcp 443

# A network ACL remembers nothing: what it refuses is cut at the next packet, tracked or not.
ACL=$(aws ec2 describe-network-acls --filters Name=association.subnet-id,Values=$TWO --query "NetworkAcls[0].NetworkAclId" --output text)
aws ec2 create-network-acl-entry --network-acl-id $ACL --ingress --rule-number 50 --protocol -1 --cidr-block 10.0.1.0/24 --rule-action deny
expect cut client server tcp 22
expect cut client server tcp 443
wait 60s
flow-logs
