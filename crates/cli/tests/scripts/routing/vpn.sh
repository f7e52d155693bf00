# A virtual private gateway: what is behind it comes into the tables that take its routes.
VPC=$(aws ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId --output text)
RTB=$(aws ec2 create-route-table --vpc-id $VPC --query RouteTable.RouteTableId --output text)
ROUTES="RouteTables[].Routes[].[DestinationCidrBlock,GatewayId,Origin,State]"
VGW=$(aws ec2 create-vpn-gateway --type ipsec.1 --query VpnGateway.VpnGatewayId --output text)

# Only the gateway of the VPC propagates into its tables.
aws ec2 enable-vgw-route-propagation --gateway-id $VGW --route-table-id $RTB
expect refused Gateway.NotAttached
aws ec2 attach-vpn-gateway --vpn-gateway-id $VGW --vpc-id $VPC --query VpcAttachment.State --output text
aws ec2 enable-vgw-route-propagation --gateway-id $VGW --route-table-id $RTB

# The office is a customer gateway; the routes of the connection to it are written by hand.
CGW=$(aws ec2 create-customer-gateway --type ipsec.1 --ip-address 198.51.100.10 --bgp-asn 65000 \
    --query CustomerGateway.CustomerGatewayId --output text)
VPN=$(aws ec2 create-vpn-connection --type ipsec.1 --customer-gateway-id $CGW --vpn-gateway-id $VGW \
    --options StaticRoutesOnly=true --query VpnConnection.VpnConnectionId --output text)
aws ec2 create-vpn-connection-route --vpn-connection-id $VPN --destination-cidr-block 192.168.0.0/16
aws ec2 create-vpn-connection-route --vpn-connection-id $VPN --destination-cidr-block 172.16.9.0/24
aws ec2 describe-route-tables --route-table-ids $RTB --query "$ROUTES" --output text

# A route that somebody writes goes first; the propagated one comes back when it is deleted.
aws ec2 create-route --route-table-id $RTB --destination-cidr-block 172.16.9.0/24 --gateway-id $VGW --query Return --output text
aws ec2 describe-route-tables --route-table-ids $RTB --query "$ROUTES" --output text
aws ec2 delete-route --route-table-id $RTB --destination-cidr-block 172.16.9.0/24
aws ec2 delete-route --route-table-id $RTB --destination-cidr-block 192.168.0.0/16
expect refused InvalidRoute.NotFound
aws ec2 describe-vpn-connections --vpn-connection-ids $VPN

# Detached, it takes its routes along; it goes when no connection ends at it.
aws ec2 detach-vpn-gateway --vpn-gateway-id $VGW --vpc-id $VPC
aws ec2 describe-route-tables --route-table-ids $RTB --query "$ROUTES" --output text
aws ec2 delete-vpn-gateway --vpn-gateway-id $VGW
expect refused IncorrectState
aws ec2 delete-customer-gateway --customer-gateway-id $CGW
expect refused IncorrectState
aws ec2 delete-vpn-connection --vpn-connection-id $VPN
aws ec2 delete-vpn-gateway --vpn-gateway-id $VGW
aws ec2 delete-customer-gateway --customer-gateway-id $CGW
