# NOBODY WAITS THERE: a system that gets a datagram for a port where no program waits says so by ICMP, type 3 code 3. Groups let that pass with the
# datagram's flow, in both directions and without a rule of its own; network ACLs want a rule for ICMP. (P-I5 S47 N9 G16)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
ONE=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
TWO=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.2.0/24 --query Subnet.SubnetId --output text)
ASKS=$(aws ec2 create-security-group --group-name asks --description "lets nobody in" --vpc-id $VPC --query GroupId --output text)
WAITS=$(aws ec2 create-security-group --group-name waits --description "begins nothing" --vpc-id $VPC --query GroupId --output text)
aws ec2 revoke-security-group-egress --group-id $WAITS --protocol=-1 --cidr 0.0.0.0/0 --query Return
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $ONE --security-group-ids $ASKS \
    --private-ip-address 10.0.1.10 --query "Instances[0].InstanceId" --output text)
B=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $TWO --security-group-ids $WAITS \
    --private-ip-address 10.0.2.20 --query "Instances[0].InstanceId" --output text)
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${interface-id} ${flow-direction} ${srcaddr} ${dstaddr} ${dstport} ${protocol} ${packets} ${bytes} ${action}' --query 'FlowLogIds[0]' --output text

# The group refuses the datagram: nobody has got it, so nobody says anything. Over UDP silence looks like success.
ssh $A nc -uzv 10.0.2.20 5000
ssh $A traceroute -n -m 2 10.0.2.20

# It lets UDP in, and the system says that nobody waits. No rule lets ICMP out of B, or into A.
aws ec2 authorize-security-group-ingress --group-id $WAITS --protocol udp --port 0-65535 --source-group $ASKS --query Return
ssh $A nc -uzv 10.0.2.20 5000
ssh $A traceroute -n 10.0.2.20

# Somebody waits: now silence is success.
ssh $B listen udp 5000
ssh $A nc -uzv 10.0.2.20 5000

# An ACL remembers nothing. It lets answers of UDP in and ICMP not, so what is said is not heard.
ACL=$(aws ec2 describe-network-acls --filters Name=association.subnet-id,Values=$ONE --query "NetworkAcls[0].NetworkAclId" --output text)
aws ec2 create-network-acl-entry --network-acl-id $ACL --ingress --rule-number 50 --protocol icmp --icmp-type-code Type=3,Code=3 --cidr-block 10.0.0.0/8 --rule-action deny
ssh $A nc -uzv 10.0.2.20 5001
ssh $A traceroute -n -m 2 10.0.2.20
expect open $A $B udp 5000
wait 60s
flow-logs
