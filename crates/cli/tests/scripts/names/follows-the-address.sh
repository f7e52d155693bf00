# A NAME FOLLOWS THE ADDRESS, NOT THE INSTANCE. A private hosted zone says at which address the service is. The address belongs to
# a network interface, and moves with it: when the interface goes to the standby, the name need not change. (L9 L12 L13 L14 A35)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name web --description web --vpc-id $VPC --query GroupId --output text)
Y=$(aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 443 --cidr 10.0.0.0/16)
run_args="--image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET --security-group-ids $SG"
WEB1=$(aws ec2 run-instances $run_args --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web-1}]' \
    --query 'Instances[0].InstanceId' --output text)
WEB2=$(aws ec2 run-instances $run_args --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=web-2}]' \
    --query 'Instances[0].InstanceId' --output text)
APP=$(aws ec2 run-instances $run_args --tag-specifications 'ResourceType=instance,Tags=[{Key=Name,Value=app}]' \
    --query 'Instances[0].InstanceId' --output text)

# The service has an interface of its own, now at web-1.
SVC=$(aws ec2 create-network-interface --subnet-id $SUBNET --private-ip-address 10.0.1.50 --groups $SG \
    --query NetworkInterface.NetworkInterfaceId --output text)
ATTACHED=$(aws ec2 attach-network-interface --network-interface-id $SVC --instance-id $WEB1 --device-index 1 \
    --query AttachmentId --output text)

# A zone that this VPC sees, and the name of the service's address.
ZONE=$(aws route53 create-hosted-zone --name corp.internal --vpc VPCRegion=us-east-1,VPCId=$VPC --caller-reference 2026-01-01 \
    --hosted-zone-config PrivateZone=true --query HostedZone.Id --output text)
aws route53 change-resource-record-sets --hosted-zone-id $ZONE --change-batch \
    'Changes=[{Action=CREATE,ResourceRecordSet={Name=svc.corp.internal,Type=A,TTL=60,ResourceRecords=[{Value=10.0.1.50}]}}]'
aws route53 list-resource-record-sets --hosted-zone-id $ZONE --query 'ResourceRecordSets[].[Name, Type, TTL]' --output text

# Names of private zones need both DNS attributes, and host names are off in a new VPC: nobody finds it yet.
ssh app dig svc.corp.internal
aws ec2 modify-vpc-attribute --vpc-id $VPC --enable-dns-hostnames
ssh app dig svc.corp.internal

# The interface moves to web-2. The zone is not touched, the answer is the same, and the packet arrives at the standby.
aws ec2 detach-network-interface --attachment-id $ATTACHED
MOVED=$(aws ec2 attach-network-interface --network-interface-id $SVC --instance-id $WEB2 --device-index 1)
ssh app dig +short svc.corp.internal
ssh app getent hosts svc.corp.internal
aws ec2 describe-network-interfaces --filters Name=addresses.private-ip-address,Values=10.0.1.50 --output text \
    --query 'NetworkInterfaces[0].Attachment.InstanceId'
expect trace app 10.0.1.50 tcp 443 DELIVERED

# An instance's own name is its primary address's: it stays with the instance.
ssh app host ip-10-0-1-4.ec2.internal
ssh app dig -x 10.0.1.50 +short

# Another VPC does not see the zone until it is associated; the resolver is the second address of its own block.
OTHER=$(aws ec2 create-vpc --cidr-block 10.1.0.0/16 --query Vpc.VpcId --output text)
aws ec2 modify-vpc-attribute --vpc-id $OTHER --enable-dns-hostnames
SUBNET2=$(aws ec2 create-subnet --vpc-id $OTHER --cidr-block 10.1.1.0/24 --query Subnet.SubnetId --output text)
FAR=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.small --subnet-id $SUBNET2 \
    --query 'Instances[0].InstanceId' --output text)
ssh $FAR host svc.corp.internal
aws route53 associate-vpc-with-hosted-zone --hosted-zone-id $ZONE --vpc VPCRegion=us-east-1,VPCId=$OTHER
ssh $FAR host svc.corp.internal

# With the resolver off there is nobody to ask.
aws ec2 modify-vpc-attribute --vpc-id $OTHER --no-enable-dns-support
ssh $FAR dig svc.corp.internal

# A batch is made whole, or not at all; a zone goes when it is empty, and keeps at least one VPC.
NEW='{Action=UPSERT,ResourceRecordSet={Name=svc.corp.internal,Type=A,TTL=60,ResourceRecords=[{Value=10.0.1.51}]}}'
GONE='{Action=DELETE,ResourceRecordSet={Name=db.corp.internal,Type=A,TTL=60,ResourceRecords=[{Value=10.0.1.51}]}}'
aws route53 change-resource-record-sets --hosted-zone-id $ZONE --change-batch "Changes=[$NEW,$GONE]"
expect refused InvalidChangeBatch
aws route53 delete-hosted-zone --id $ZONE
expect refused HostedZoneNotEmpty
aws route53 disassociate-vpc-from-hosted-zone --hosted-zone-id $ZONE --vpc VPCRegion=us-east-1,VPCId=$OTHER
aws route53 disassociate-vpc-from-hosted-zone --hosted-zone-id $ZONE --vpc VPCRegion=us-east-1,VPCId=$VPC
expect refused LastVPCAssociation
aws route53 create-hosted-zone --name example.com --caller-reference public
expect refused UnsupportedOperation
ssh app dig +short svc.corp.internal
