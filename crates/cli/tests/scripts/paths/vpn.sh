# TO A CORPORATE NETWORK, through a virtual private gateway and a VPN connection. Nothing is translated; the gateway takes
# what is of its VPC and for it, and knows no more of the other side than the connection's static routes. (P22 P23 R51 R60)

VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
SUBNET=$(aws ec2 create-subnet --vpc-id $VPC --cidr-block 10.0.1.0/24 --query Subnet.SubnetId --output text)
SG=$(aws ec2 create-security-group --group-name office --description "from the office" --vpc-id $VPC --query GroupId --output text)
aws ec2 authorize-security-group-ingress --group-id $SG --protocol tcp --port 80 --cidr 192.168.0.0/16 --query Return
A=$(aws ec2 run-instances --image-id ami-00000000000000001 --instance-type t3.micro --subnet-id $SUBNET --security-group-ids $SG \
    --private-ip-address 10.0.1.10 --query "Instances[0].InstanceId" --output text)
VGW=$(aws ec2 create-vpn-gateway --type ipsec.1 --query VpnGateway.VpnGatewayId --output text)
aws ec2 attach-vpn-gateway --vpn-gateway-id $VGW --vpc-id $VPC --query VpcAttachment.State --output text
RTB=$(aws ec2 describe-route-tables --filters Name=vpc-id,Values=$VPC --query "RouteTables[0].RouteTableId" --output text)
aws ec2 enable-vgw-route-propagation --gateway-id $VGW --route-table-id $RTB
aws ec2 create-flow-logs --resource-type VPC --resource-ids $VPC --traffic-type ALL --log-group-name flows --deliver-logs-permission-arn arn:aws:iam::123456789012:role/flow-logs --max-aggregation-interval 60 --log-format '${flow-direction} ${srcaddr} ${dstaddr} ${dstport} ${protocol} ${packets} ${action} ${traffic-path}' --query 'FlowLogIds[0]' --output text

# A route alone leads nowhere: no connection ends at the gateway.
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 172.16.0.0/12 --gateway-id $VGW --query Return
expect trace $A 172.16.9.9 tcp 443 BLACKHOLED

# With a connection and its static route the office is there, and the route is propagated.
CGW=$(aws ec2 create-customer-gateway --type ipsec.1 --ip-address 198.51.100.10 --bgp-asn 65000 \
    --query CustomerGateway.CustomerGatewayId --output text)
VPN=$(aws ec2 create-vpn-connection --type ipsec.1 --customer-gateway-id $CGW --vpn-gateway-id $VGW \
    --options StaticRoutesOnly=true --query VpnConnection.VpnConnectionId --output text)
aws ec2 create-vpn-connection-route --vpn-connection-id $VPN --destination-cidr-block 192.168.0.0/16
ssh $A ping -c 2 192.168.7.7
expect trace $A 172.16.9.9 tcp 443 NO_ROUTE

# The other way round: whoever asks for the customer gateway means a host behind it. The group sees its address.
ssh $A listen tcp 80
connect $CGW 10.0.1.10 tcp 80
ssh $A curl -m 5 http://192.168.7.7/
expect open $CGW 10.0.1.10 tcp 80
expect trace $CGW 10.0.1.10 tcp 22 DENIED
expect trace $CGW 10.0.1.10 tcp 80 DELIVERED

# Nothing beyond the VPC is reached from there.
expect trace $CGW 203.0.113.9 tcp 443 DENIED

wait 60s
flow-logs

# The connection goes, and its routes with it: propagated ones at once.
aws ec2 delete-vpn-connection --vpn-connection-id $VPN
expect trace $A 192.168.7.7 tcp 443 NO_ROUTE
